import type { DenseMatrix, RandomGenerator } from '@xtm/contracts';
import { centreColumns, crossDomainNeighbours, type DoubleMatrix, multiply, mutualNeighbours, normaliseRows, scaleColumns, toDense, truncatedSvd } from '@xtm/numeric';
import type { ResolvedAlignedOptions } from './aligned-options';
import { joinPairs, pairWeights, type TranslationPairs, type WordFrequencies } from './translation-pairs';

/** Word vectors of two languages in one space; rows have unit length. */
export interface VectorPair {
  readonly first: DenseMatrix;
  readonly second: DenseMatrix;
}

type AlignmentOptions = Pick<ResolvedAlignedOptions, 'rounds' | 'neighbours' | 'neighbourWeight' | 'reweighting' | 'frequencyPower'>;

export interface AlignedPair extends VectorPair {
  /** [dimensions] how far translations agree in each direction, relative to the best; descending from 1. */
  readonly correlations: Float64Array;
}

/**
 * Maps the word vectors of two languages [words, dimensions] into one space: unit length, centring, unit length;
 * then rotations of both sides that bring translations together (orthogonal Procrustes), scaled by the directions'
 * correlations (symmetric reweighting, Artetxe, Labaka & Agirre 2018); again with the mutual CSLS neighbours found so far.
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
    for (let found = translations.first.length; found < weights.length; found++) weights[found]! *= options.neighbourWeight;
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

function rotateBoth(vectors: VectorPair, pairs: TranslationPairs, weights: Float32Array, reweighting: number, generator: RandomGenerator): AlignedPair {
  const covariance = multiply(gather(vectors.first, pairs.first, weights), gather(vectors.second, pairs.second), { transposeFirst: true });
  const { left, values, right } = truncatedSvd(covariance, { rank: Math.min(covariance.rows, covariance.columns), generator });
  const correlations = values.map((value) => value / values[0]!);
  const scales = correlations.map((correlation) => correlation ** reweighting);
  const rotate = (matrix: DenseMatrix, rotation: DoubleMatrix): DenseMatrix => normaliseRows(scaleColumns(toDense(multiply(matrix, rotation)), scales));
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
