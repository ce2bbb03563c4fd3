import type { Corpus } from '@xtm/contracts';
import { wordCounts } from '../sparse/word-counts';

/** How much of one language a dictionary reaches. */
export interface DictionaryCoverage {
  /** Words of the vocabulary that have a partner. */
  readonly words: number;
  /** Their share of the vocabulary, in [0, 1]. */
  readonly vocabularyShare: number;
  /** Share of the training documents' running words, as far as they are in the vocabulary, that have a partner, in [0, 1]. */
  readonly runningShare: number;
}

/**
 * How much of each language the dictionary's pairs reach, in the order of the corpus' languages: zeros for a language
 * that the dictionary is not of, and for all where there is none.
 */
export function dictionaryCoverage({ languages, dictionary }: Corpus): DictionaryCoverage[] {
  return languages.map(({ vocabulary, train }, index) => {
    const paired = new Set<number>();
    if (dictionary?.languages[0] === index) dictionary.first.forEach((word) => paired.add(word));
    if (dictionary?.languages[1] === index) dictionary.second.forEach((word) => paired.add(word));
    const counts = wordCounts(train.rows);
    let reached = 0;
    for (const word of paired) reached += counts[word]!;
    return {
      words: paired.size,
      vocabularyShare: share(paired.size, vocabulary.length),
      runningShare: share(reached, counts.reduce((sum, count) => sum + count, 0)),
    };
  });
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
