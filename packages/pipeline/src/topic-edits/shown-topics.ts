import { InvalidOptionError, type DenseMatrix } from '@xtm/contracts';
import type { TopicEdits } from '../run-folder/topic-edits';

/** A topic as people want to see it. */
export interface ShownTopic {
  /** The trained topic's number, the lowest one of a merger. */
  readonly index: number;
  /** The name it was given, if any. */
  readonly name?: string;
  /** Numbers of the trained topics that it consists of, ascending. */
  readonly members: readonly number[];
}

/**
 * The topics that are shown after all edits, by ascending number: mergers as one, hidden ones left out.
 *
 * @param numTopics of the trained model
 * @throws InvalidOptionError where the edits name a topic that does not exist, or one in two mergers
 */
export function applyTopicEdits({ names, merged, hidden }: TopicEdits, numTopics: number): ShownTopic[] {
  checkTopics([...Object.keys(names).map(Number), ...merged.flat(), ...hidden], numTopics);
  const inMergers = merged.flat();
  const repeated = inMergers.find((topic, at) => inMergers.indexOf(topic) !== at);
  if (repeated !== undefined) throw new InvalidOptionError('merged', repeated, `topic ${repeated} is in two mergers`);
  const groups = merged.map((group) => [...group].sort((a, b) => a - b));
  return Array.from(
    { length: numTopics },
    (_, index) => groups.find((group) => group.includes(index)) ?? [index],
  ).flatMap((members, index) =>
    members[0] === index && !hidden.includes(index) ? [shownTopic(index, names[index], members)] : [],
  );
}

function shownTopic(index: number, name: string | undefined, members: readonly number[]): ShownTopic {
  return { index, ...(name !== undefined && { name }), members };
}

/** Throws `InvalidOptionError` for a number that no topic has. */
export function checkTopics(topics: readonly number[], numTopics: number): void {
  const unknown = topics.find((topic) => !Number.isInteger(topic) || topic < 0 || topic >= numTopics);
  if (unknown !== undefined)
    throw new InvalidOptionError(
      'topic',
      unknown,
      `there is no topic ${unknown}; there are topics 0 to ${numTopics - 1}`,
    );
}

/**
 * Documents' proportions of the shown topics [documents, shown topics], in their order. A merger has the sum of its
 * parts; what hidden topics had is left out and not spread over the others, so rows may sum to less than 1.
 *
 * @param proportions of the trained topics [documents, topics]
 */
export function shownProportions({ rows, columns, data }: DenseMatrix, topics: readonly ShownTopic[]): DenseMatrix {
  const shown = new Float32Array(rows * topics.length);
  for (let row = 0; row < rows; row++) {
    topics.forEach(({ members }, column) => {
      shown[row * topics.length + column] = members.reduce((sum, topic) => sum + data[row * columns + topic]!, 0);
    });
  }
  return { rows, columns: topics.length, data: shown };
}

/**
 * Topic-word probabilities of the shown topics [shown topics, vocabulary]. A merger has the mean of its parts, each
 * weighing what it holds of the language's documents: p(w | a or b) = (p(a) p(w | a) + p(b) p(w | b)) / (p(a) + p(b)).
 *
 * @param topicWord of the trained topics [topics, vocabulary], one language
 * @param prevalence mean proportion of each trained topic [topics]
 */
export function shownTopicWord(
  { columns, data }: DenseMatrix,
  topics: readonly ShownTopic[],
  prevalence: ArrayLike<number>,
): DenseMatrix {
  const shown = new Float32Array(topics.length * columns);
  topics.forEach(({ members }, row) => {
    const total = members.reduce((sum, topic) => sum + prevalence[topic]!, 0);
    for (const topic of members) {
      const weight = total > 0 ? prevalence[topic]! / total : 1 / members.length;
      for (let word = 0; word < columns; word++)
        shown[row * columns + word]! += weight * data[topic * columns + word]!;
    }
  });
  return { rows: topics.length, columns, data: shown };
}
