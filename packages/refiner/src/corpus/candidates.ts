import type { Topic, WordPairs } from '@xtm/contracts';
import type { ResolvedCorpusRefinerSettings } from './corpus-refiner-options';
import type { TopicWeights } from './topic-weights';
import type { WordSpace } from './word-space';

/** Dictionary partners by word, for both directions of each pair of languages. */
export type Partners = (languageIndex: number, word: number, targetLanguage: number) => readonly number[];

export function partnersOf(dictionary: WordPairs | undefined): Partners {
  const lists = new Map<string, number[]>();
  const add = (from: number, word: number, to: number, partner: number): void => {
    const key = `${from} ${word} ${to}`;
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [partner]);
    else list.push(partner);
  };
  dictionary?.first.forEach((word, pair) => {
    const [one, other] = dictionary.languages;
    add(one, word, other, dictionary.second[pair]!);
    add(other, dictionary.second[pair]!, one, word);
  });
  return (languageIndex, word, targetLanguage) => lists.get(`${languageIndex} ${word} ${targetLanguage}`) ?? [];
}

/** Words of a topic as positions in the vocabularies, one list a language. */
export type TopicSeeds = readonly Int32Array[];

/**
 * Words that a refined topic may have, one list a language, each word once: the topic's heaviest words, the dictionary
 * partners of those of the other languages, and the nearest words to its top words.
 */
export function candidatesOf(topic: Topic, seeds: TopicSeeds, weights: TopicWeights, partners: Partners, space: WordSpace, settings: ResolvedCorpusRefinerSettings): Int32Array[] {
  const heaviest = seeds.map((_, languageIndex) => weights.top(topic, languageIndex, settings.topWords));
  return seeds.map((_, target) => {
    const found = new Set<number>([...seeds[target]!, ...heaviest[target]!]);
    heaviest.forEach((words, languageIndex) => {
      for (const word of words) for (const partner of partners(languageIndex, word, target)) found.add(partner);
    });
    seeds.forEach((words, languageIndex) => {
      for (const near of space.nearest(languageIndex, words, target, settings.neighbours)) for (const word of near) found.add(word);
    });
    return Int32Array.from(found);
  });
}
