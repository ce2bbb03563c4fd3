import type { RandomGenerator, SparseRows } from '@xtm/contracts';
import { sparseRowsFromMaps } from '@xtm/data';

export interface SyntheticDocumentsOptions {
  readonly documents: number;
  readonly vocabulary: number;
  /** Mean number of different words a document. */
  readonly wordsPerDocument: number;
  readonly generator: RandomGenerator;
}

/** Flattens Zipf's law at the top, where Amazon Review's vocabularies lack their stop words. */
const RANK_SHIFT = 30;

/** Share of a document's words that occur once more, and again with the same share. */
const REPETITION = 0.2;

/**
 * Bags of words [documents, vocabulary] with Amazon Review's statistics: word frequencies fall by Zipf's law, lengths
 * spread as the sum of two exponentials does, and frequent words have no special place in the vocabulary.
 */
export function syntheticDocuments({ documents, vocabulary, wordsPerDocument, generator }: SyntheticDocumentsOptions): SparseRows {
  const draw = wordDraw(vocabulary, generator);
  const bags = Array.from({ length: documents }, () => {
    const size = documentSize(wordsPerDocument, vocabulary, generator);
    const bag = new Map<number, number>();
    while (bag.size < size) bag.set(draw(), wordCount(generator));
    return bag;
  });
  return sparseRowsFromMaps(bags, vocabulary);
}

/** At most half of the vocabulary, so that drawing words until enough differ ends soon. */
function documentSize(mean: number, vocabulary: number, generator: RandomGenerator): number {
  const exponential = (): number => -Math.log(1 - generator.uniform()) * (mean / 2);
  return Math.max(1, Math.min(Math.round(exponential() + exponential()), Math.floor(vocabulary / 2)));
}

function wordCount(generator: RandomGenerator): number {
  let count = 1;
  while (generator.uniform() < REPETITION) count++;
  return count;
}

function wordDraw(vocabulary: number, generator: RandomGenerator): () => number {
  const words = Int32Array.from({ length: vocabulary }, (_, word) => word);
  generator.shuffle(words);
  const cumulative = new Float64Array(vocabulary);
  let total = 0;
  for (let rank = 0; rank < vocabulary; rank++) cumulative[rank] = total += 1 / (rank + RANK_SHIFT);
  return () => words[firstAbove(cumulative, generator.uniform() * total)]!;
}

/** Position of the first entry of an ascending array that is above the value. */
function firstAbove(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
