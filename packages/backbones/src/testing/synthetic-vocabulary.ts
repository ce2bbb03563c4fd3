import type { RandomGenerator } from '@xtm/contracts';

export interface SyntheticVocabulary {
  readonly size: number;
  /** Words of each topic, heaviest first; the n-th word of a topic translates the n-th of the other language's. */
  readonly topicWords: readonly Int32Array[];
  /** Words of no topic, most frequent first. */
  readonly noiseWords: Int32Array;
}

export interface SyntheticVocabularyOptions {
  readonly numTopics: number;
  readonly wordsPerTopic: number;
  readonly noiseWords: readonly number[];
  readonly generator: RandomGenerator;
}

/**
 * One vocabulary per language, words in random places, so that a word's index tells nothing of its topic or
 * translation.
 */
export function syntheticVocabularies(options: SyntheticVocabularyOptions): SyntheticVocabulary[] {
  const { numTopics, wordsPerTopic, generator } = options;
  return options.noiseWords.map((noise) => {
    const size = numTopics * wordsPerTopic + noise;
    const places = Int32Array.from({ length: size }, (_, word) => word);
    generator.shuffle(places);
    return {
      size,
      topicWords: Array.from({ length: numTopics }, (_, topic) =>
        places.slice(topic * wordsPerTopic, (topic + 1) * wordsPerTopic),
      ),
      noiseWords: places.slice(numTopics * wordsPerTopic),
    };
  });
}
