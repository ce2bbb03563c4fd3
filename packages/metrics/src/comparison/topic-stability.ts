import { InvalidOptionError, type Topic } from '@xtm/contracts';
import { mean } from '../statistics';
import { optimalAssignment } from './optimal-assignment';

/** How much the topics of models that differ only in their seed agree. */
export interface TopicStability {
  /** Mean agreement over all pairs of models, in [0, 1]. */
  readonly mean: number;
  /** Agreement of models i and j, [models][models]; 1 on the diagonal. */
  readonly perPair: readonly (readonly number[])[];
  /** Mean agreement of each topic of the first model with its partners in the others: which topics to rely on. */
  readonly perTopic: readonly number[];
}

/**
 * Stability of topics over models (Greene, O'Callaghan and Cunningham 2014, with Jaccard overlap): the topics of two
 * models are matched one to one so that the total overlap of their words is largest, and agreement is the mean overlap
 * of the matched topics. Overlap is words in common by words in either, mean over the languages.
 *
 * 1 when all models have the same topics in any order; comparing it over numbers of topics helps to choose one.
 *
 * @param models topics of two or more models with the same number of topics
 * @throws InvalidOptionError for fewer than two models or different numbers of topics.
 */
export function topicStability(models: readonly (readonly Topic[])[]): TopicStability {
  const counts = models.map((topics) => topics.length);
  if (models.length < 2) throw new InvalidOptionError('models', models.length, 'stability needs at least two models');
  if (new Set(counts).size > 1) throw new InvalidOptionError('models', counts, `the models have ${counts.join(', ')} topics, not the same number`);
  const perPair = models.map(() => new Array<number>(models.length).fill(1));
  const withFirst: number[][] = [];
  models.forEach((left, i) => {
    for (let j = i + 1; j < models.length; j++) {
      const overlaps = matchedOverlaps(left, models[j]!);
      perPair[i]![j] = perPair[j]![i] = mean(overlaps);
      if (i === 0) withFirst.push(overlaps);
    }
  });
  const pairs = perPair.flatMap((row, i) => row.slice(i + 1));
  const perTopic = models[0]!.map((_, topic) => mean(withFirst.map((overlaps) => overlaps[topic]!)));
  return { mean: mean(pairs), perPair, perTopic };
}

/** Overlap of each topic of `left` with the topic of `right` that it is matched with. */
function matchedOverlaps(left: readonly Topic[], right: readonly Topic[]): number[] {
  const overlaps = left.map((topic) => right.map((other) => topicOverlap(topic, other)));
  return optimalAssignment(overlaps).map((partner, topic) => overlaps[topic]![partner]!);
}

function topicOverlap(left: Topic, right: Topic): number {
  return mean(left.words.map((words, language) => jaccard(words, right.words[language] ?? [])));
}

function jaccard(left: readonly string[], right: readonly string[]): number {
  const union = new Set([...left, ...right]);
  const other = new Set(right);
  const common = [...new Set(left)].filter((word) => other.has(word)).length;
  return union.size === 0 ? 1 : common / union.size;
}
