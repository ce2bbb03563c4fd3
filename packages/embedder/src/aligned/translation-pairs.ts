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

/** How often each word of two languages occurs: [vocabulary] each. */
export interface WordFrequencies {
  readonly first: ArrayLike<number>;
  readonly second: ArrayLike<number>;
}

/**
 * [pairs] √((f₁·f₂)^power / (t₁·t₂)), f the words' frequencies and t their numbers of translations: a word of many translations
 * counts about as much as a word of one, and frequent words, whose vectors are the surest, count more.
 */
export function pairWeights({ first, second }: TranslationPairs, frequencies: WordFrequencies, power: number): Float32Array {
  const firstCounts = countEach(first);
  const secondCounts = countEach(second);
  return Float32Array.from(first, (word, pair) => {
    const partner = second[pair]!;
    const frequency = Math.max(1, frequencies.first[word]! * frequencies.second[partner]!);
    return Math.sqrt(frequency ** power / (firstCounts.get(word)! * secondCounts.get(partner)!));
  });
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
