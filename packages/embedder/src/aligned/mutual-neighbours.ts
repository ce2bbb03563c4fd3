import type { DenseMatrix } from '@xtm/contracts';
import { multiply, topK } from '@xtm/numeric';
import type { TranslationPairs } from './translation-pairs';

const ROWS_AT_A_TIME = 256;

/**
 * Pairs of words that are each other's nearest neighbour by cross-domain similarity local scaling
 * (CSLS, Conneau et al. 2018): 2·cos(x, y) − r(x) − r(y), r the mean cosine of a word to its `neighbours` nearest words of
 * the other language. Rows [words, dimensions] have unit length. Cosines are computed a block at a time, twice.
 */
export function mutualNeighbours(first: DenseMatrix, second: DenseMatrix, neighbours: number): TranslationPairs {
  const densities = measureDensities(first, second, neighbours);
  const forward = new Int32Array(first.rows);
  const backward = new Int32Array(second.rows);
  const best = new Float64Array(second.rows).fill(-Infinity);
  forEachCosineRow(first, second, (word, cosines) => {
    forward[word] = indexOfLargest(cosines, densities.second);
    for (let other = 0; other < cosines.length; other++) {
      const score = 2 * cosines[other]! - densities.first[word]!;
      if (score > best[other]!) {
        best[other] = score;
        backward[other] = word;
      }
    }
  });
  const mutual = Int32Array.from(forward.keys()).filter((word) => backward[forward[word]!] === word);
  return { first: mutual, second: mutual.map((word) => forward[word]!) };
}

interface Densities {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

function measureDensities(first: DenseMatrix, second: DenseMatrix, neighbours: number): Densities {
  const forward = new Float64Array(first.rows);
  const nearest = Array.from({ length: second.rows }, () => new Float64Array(Math.min(neighbours, first.rows)).fill(-Infinity));
  forEachCosineRow(first, second, (word, cosines) => {
    forward[word] = mean(topK(cosines, neighbours).values);
    for (let other = 0; other < cosines.length; other++) insertDescending(nearest[other]!, cosines[other]!);
  });
  return { first: forward, second: Float64Array.from(nearest, mean) };
}

function forEachCosineRow(first: DenseMatrix, second: DenseMatrix, visit: (row: number, cosines: Float64Array) => void): void {
  for (let start = 0; start < first.rows; start += ROWS_AT_A_TIME) {
    const end = Math.min(start + ROWS_AT_A_TIME, first.rows);
    const block = { rows: end - start, columns: first.columns, data: first.data.subarray(start * first.columns, end * first.columns) };
    const cosines = multiply(block, second, { transposeSecond: true });
    for (let row = start; row < end; row++) visit(row, cosines.data.subarray((row - start) * second.rows, (row - start + 1) * second.rows));
  }
}

/** Where 2·cos − density is largest. */
function indexOfLargest(cosines: Float64Array, densities: Float64Array): number {
  let largest = 0;
  for (let i = 1; i < cosines.length; i++) {
    if (2 * cosines[i]! - densities[i]! > 2 * cosines[largest]! - densities[largest]!) largest = i;
  }
  return largest;
}

/** Puts a value into a descending list of fixed length, whose last entry falls out; smaller values change nothing. */
function insertDescending(list: Float64Array, value: number): void {
  let place = list.length - 1;
  if (place < 0 || value <= list[place]!) return;
  for (; place > 0 && list[place - 1]! < value; place--) list[place] = list[place - 1]!;
  list[place] = value;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
