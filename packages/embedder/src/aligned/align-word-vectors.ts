import type { DenseMatrix, RandomGenerator } from '@xtm/contracts';
import {
  centreColumns,
  crossDomainNeighbours,
  type DoubleMatrix,
  multiply,
  mutualNeighbours,
  normaliseRows,
  scaleColumns,
  toDense,
  truncatedSvd,
} from '@xtm/numeric';
import type { ResolvedAlignedOptions } from './aligned-options';

/** Word vectors of two languages in one space; rows have unit length. */
interface VectorPair {
  readonly first: DenseMatrix;
  readonly second: DenseMatrix;
}

type AlignmentOptions = Pick<
  ResolvedAlignedOptions,
  'rounds' | 'neighbours' | 'neighbourWeight' | 'reweighting' | 'frequencyPower'
>;

interface AlignedPair extends VectorPair {
  /** [dimensions] how far translations agree in each direction, relative to the best; descending from 1. */
  readonly correlations: Float64Array;
}

/**
 * Maps the word vectors of two languages [words, dimensions] into one space: unit length, centring, unit length;
 * then rotations of both sides that bring translations together (orthogonal Procrustes), scaled by the directions'
 * correlations (symmetric reweighting, Artetxe, Labaka & Agirre 2018); again with the mutual CSLS neighbours found so
 * far.
 */
export async function alignWordVectors(
  vectors: VectorPair,
  translations: TranslationPairs,
  frequencies: WordFrequencies,
  options: AlignmentOptions,
  generator: RandomGenerator,
  onRound: () => Promise<void> = async () => undefined,
): Promise<AlignedPair> {
  const prepared = { first: prepare(vectors.first), second: prepare(vectors.second) };
  const rotate = (pairs: TranslationPairs): AlignedPair => {
    const weights = pairWeights(pairs, frequencies, options.frequencyPower);
    for (let found = translations.first.length; found < weights.length; found++)
      weights[found]! *= options.neighbourWeight;
    return rotateBoth(prepared, pairs, weights, options.reweighting, generator);
  };
  let aligned = rotate(translations);
  await onRound();
  for (let round = 2; round <= options.rounds; round++) {
    aligned = rotate(joinPairs(translations, mutualPairs(aligned, options.neighbours)));
    await onRound();
  }
  return aligned;
}

function mutualPairs({ first, second }: VectorPair, neighbours: number): TranslationPairs {
  const found = crossDomainNeighbours(first, second, neighbours);
  const mutual = mutualNeighbours(found);
  return { first: mutual, second: mutual.map((word) => found.first.nearest[word]!) };
}

function prepare(vectors: DenseMatrix): DenseMatrix {
  return normaliseRows(centreColumns(normaliseRows(vectors)));
}

function rotateBoth(
  vectors: VectorPair,
  pairs: TranslationPairs,
  weights: Float32Array,
  reweighting: number,
  generator: RandomGenerator,
): AlignedPair {
  const covariance = multiply(gather(vectors.first, pairs.first, weights), gather(vectors.second, pairs.second), {
    transposeFirst: true,
  });
  const { left, values, right } = truncatedSvd(covariance, {
    rank: Math.min(covariance.rows, covariance.columns),
    generator,
  });
  const correlations = values.map((value) => value / values[0]!);
  const scales = correlations.map((correlation) => correlation ** reweighting);
  const rotate = (matrix: DenseMatrix, rotation: DoubleMatrix): DenseMatrix =>
    normaliseRows(scaleColumns(toDense(multiply(matrix, rotation)), scales));
  return { first: rotate(vectors.first, left), second: rotate(vectors.second, right), correlations };
}

function gather(matrix: DenseMatrix, rows: Int32Array, weights?: Float32Array): DenseMatrix {
  const { columns } = matrix;
  const data = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => {
    const weight = weights?.[i] ?? 1;
    for (let c = 0; c < columns; c++) data[i * columns + c] = weight * matrix.data[row * columns + c]!;
  });
  return { rows: rows.length, columns, data };
}

/** Word pairs taken for translations: pair i joins word first[i] of one language and word second[i] of another. */
export interface TranslationPairs {
  /** [pairs]. */
  readonly first: Int32Array;
  /** [pairs]. */
  readonly second: Int32Array;
}

/** Pairs of words that two vocabularies spell alike, upper and lower case aside: names, numbers, loan words. */
export function sharedSpellings(
  firstVocabulary: readonly string[],
  secondVocabulary: readonly string[],
): TranslationPairs {
  const positions = new Map(secondVocabulary.map((word, index) => [spelling(word), index]));
  const pairs = firstVocabulary.flatMap((word, index) => {
    const partner = positions.get(spelling(word));
    return partner === undefined ? [] : [[index, partner] as const];
  });
  return { first: Int32Array.from(pairs, ([first]) => first), second: Int32Array.from(pairs, ([, second]) => second) };
}

function joinPairs(one: TranslationPairs, other: TranslationPairs): TranslationPairs {
  return { first: concatenate(one.first, other.first), second: concatenate(one.second, other.second) };
}

/** How often each word of two languages occurs: [vocabulary] each. */
interface WordFrequencies {
  readonly first: ArrayLike<number>;
  readonly second: ArrayLike<number>;
}

/**
 * [pairs] √((f₁·f₂)^power / (t₁·t₂)), f the words' frequencies and t their numbers of translations: a word of many
 * translations counts about as much as a word of one, and frequent words, whose vectors are the surest, count more.
 */
export function pairWeights(
  { first, second }: TranslationPairs,
  frequencies: WordFrequencies,
  power: number,
): Float32Array {
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
