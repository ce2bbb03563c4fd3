/** Word pairs taken for translations: pair i joins word first[i] of one language and word second[i] of another. */
export interface TranslationPairs {
  /** [pairs]. */
  readonly first: Int32Array;
  /** [pairs]. */
  readonly second: Int32Array;
}

/** Pairs of words that two vocabularies spell alike, upper and lower case aside: names, numbers, loan words. */
export function sharedSpellings(firstVocabulary: readonly string[], secondVocabulary: readonly string[]): TranslationPairs {
  const positions = new Map(secondVocabulary.map((word, index) => [spelling(word), index]));
  const pairs = firstVocabulary.flatMap((word, index) => {
    const partner = positions.get(spelling(word));
    return partner === undefined ? [] : [[index, partner] as const];
  });
  return { first: Int32Array.from(pairs, ([first]) => first), second: Int32Array.from(pairs, ([, second]) => second) };
}

export function joinPairs(one: TranslationPairs, other: TranslationPairs): TranslationPairs {
  return { first: concatenate(one.first, other.first), second: concatenate(one.second, other.second) };
}

/**
 * [pairs] 1 / √(translations of the first word · translations of the second word), so that a word of many translations
 * counts about as much as a word of one.
 */
export function pairWeights({ first, second }: TranslationPairs): Float32Array {
  const firstCounts = countEach(first);
  const secondCounts = countEach(second);
  return Float32Array.from(first, (word, pair) => 1 / Math.sqrt(firstCounts.get(word)! * secondCounts.get(second[pair]!)!));
}

function spelling(word: string): string {
  return word.normalize('NFKC').toLowerCase();
}

function concatenate(one: Int32Array, other: Int32Array): Int32Array {
  const joined = new Int32Array(one.length + other.length);
  joined.set(one);
  joined.set(other, one.length);
  return joined;
}

function countEach(words: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
