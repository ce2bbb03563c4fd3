import { InvalidOptionError } from '@xtm/contracts';
import type { TopicEdits } from './topic-edits';

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
  return Array.from({ length: numTopics }, (_, index) => groups.find((group) => group.includes(index)) ?? [index])
    .flatMap((members, index) => (members[0] === index && !hidden.includes(index) ? [shownTopic(index, names[index], members)] : []));
}

function shownTopic(index: number, name: string | undefined, members: readonly number[]): ShownTopic {
  return { index, ...(name !== undefined && { name }), members };
}

/** Throws `InvalidOptionError` for a number that no topic has. */
export function checkTopics(topics: readonly number[], numTopics: number): void {
  const unknown = topics.find((topic) => !Number.isInteger(topic) || topic < 0 || topic >= numTopics);
  if (unknown !== undefined) throw new InvalidOptionError('topic', unknown, `there is no topic ${unknown}; there are topics 0 to ${numTopics - 1}`);
}
