import type { WordPairs } from '@xtm/contracts';
import type { TopicPair } from '../coherence/reference/count-reference';
import { meanOfKnown, type TopicScores } from '../topic-scores';
import type { TopicWords } from '../topic-words';

/** Translations as words: a word of the first language and one of the second. */
export type Translation = readonly [string, string];

/** Agreement with a dictionary, and how much of the topics the dictionary can judge at all. */
export interface DictionaryAgreement extends TopicScores {
  /** Share of all topic words, of both languages, that the dictionary translates in some way: the bound of `mean`. */
  readonly coverage: number;
}

/** A dictionary's index pairs as words. */
export function translationsOf({ first, second }: WordPairs, vocabularies: readonly [readonly string[], readonly string[]]): Translation[] {
  return Array.from(first, (word, pair) => [vocabularies[0][word]!, vocabularies[1][second[pair]!]!] as const);
}

/**
 * Share of a topic's words, of both languages together, that have a dictionary partner among the words of the paired
 * topic in the other language; mean over topics. Needs no reference corpus.
 *
 * In [0, 1]. Words that the dictionary does not know count as without partner: see `coverage`.
 */
export function dictionaryAgreement({ first, second }: TopicPair, translations: readonly Translation[]): DictionaryAgreement {
  const forward = partners(translations);
  const backward = partners(translations.map(([left, right]) => [right, left]));
  const perTopic = first.map((words, topic) => {
    const others = second[topic] ?? [];
    return (withPartner(words, others, forward) + withPartner(others, words, backward)) / (words.length + others.length);
  });
  return { perTopic, mean: meanOfKnown(perTopic), coverage: coverageOf(first, second, forward, backward) };
}

type Partners = ReadonlyMap<string, ReadonlySet<string>>;

function partners(translations: readonly Translation[]): Partners {
  const found = new Map<string, Set<string>>();
  for (const [word, partner] of translations) {
    const known = found.get(word);
    if (known === undefined) found.set(word, new Set([partner]));
    else known.add(partner);
  }
  return found;
}

function withPartner(words: readonly string[], others: readonly string[], dictionary: Partners): number {
  return words.filter((word) => others.some((other) => dictionary.get(word)?.has(other))).length;
}

function coverageOf(first: TopicWords, second: TopicWords, forward: Partners, backward: Partners): number {
  const known = [...first.flat().map((word) => forward.has(word)), ...second.flat().map((word) => backward.has(word))];
  return known.filter(Boolean).length / known.length;
}
