import type { Backbone } from '@xtm/contracts';
import { topK } from '@xtm/numeric';
import type { SyntheticCorpus } from './synthetic-corpus';

/** Share of a true topic's words that a model's topic must list, in every language. */
const LEAST_OVERLAP = 0.6;

/**
 * Share of the known topics that the model has found: a topic of the model, the same index in every language and used
 * for one known topic only, lists most of the known topic's words among as many heaviest words.
 */
export function recoveredTopics(backbone: Backbone, { topicWords }: SyntheticCorpus): number {
  const lists = backbone.topicWord().map((beta, language) => {
    const [topics, vocabulary] = beta.shape;
    const weights = beta.dataSync();
    beta.dispose();
    const count = topicWords[language]![0]!.length;
    return Array.from(
      { length: topics },
      (_, topic) => new Set(topK(weights.subarray(topic * vocabulary, (topic + 1) * vocabulary), count).indices),
    );
  });
  const free = new Set(Array.from({ length: backbone.numTopics }, (_, topic) => topic));
  const known = topicWords[0]!.map((_, topic) => topicWords.map((language) => language[topic]!));
  const found = known.filter((words) => {
    const match = [...free].find((topic) =>
      words.every((list, language) => overlap(list, lists[language]![topic]!) >= LEAST_OVERLAP),
    );
    return match !== undefined && free.delete(match);
  });
  return found.length / known.length;
}

function overlap(words: Int32Array, listed: ReadonlySet<number>): number {
  return words.filter((word) => listed.has(word)).length / words.length;
}
