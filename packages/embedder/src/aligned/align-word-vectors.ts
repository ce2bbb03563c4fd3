import type { DenseMatrix, RandomGenerator } from '@xtm/contracts';
import { centreColumns, multiply, normaliseRows, toDense, truncatedSvd } from '@xtm/numeric';
import type { ResolvedAlignedOptions } from './aligned-options';
import { mutualNeighbours } from './mutual-neighbours';
import { joinPairs, pairWeights, type TranslationPairs } from './translation-pairs';

/** Word vectors of two languages in one space; rows have unit length. */
export interface AlignedPair {
  readonly first: DenseMatrix;
  readonly second: DenseMatrix;
}

/**
 * Maps the word vectors of two languages [words, dimensions] into one space: unit length, centring, unit length;
 * then rotations of both sides that bring translations together (orthogonal Procrustes), scaled by the directions'
 * correlations (symmetric reweighting, Artetxe, Labaka & Agirre 2018); again with the mutual CSLS neighbours found so far.
 */
export async function alignWordVectors(
  vectors: AlignedPair,
  translations: TranslationPairs,
  options: Pick<ResolvedAlignedOptions, 'rounds' | 'neighbours' | 'reweighting'>,
  generator: RandomGenerator,
  onRound: () => Promise<void> = async () => undefined,
): Promise<AlignedPair> {
  const prepared = { first: prepare(vectors.first), second: prepare(vectors.second) };
  let aligned = rotateBoth(prepared, translations, options.reweighting, generator);
  await onRound();
  for (let round = 2; round <= options.rounds; round++) {
    const found = mutualNeighbours(aligned.first, aligned.second, options.neighbours);
    aligned = rotateBoth(prepared, joinPairs(translations, found), options.reweighting, generator);
    await onRound();
  }
  return aligned;
}

function prepare(vectors: DenseMatrix): DenseMatrix {
  return normaliseRows(centreColumns(normaliseRows(vectors)));
}

function rotateBoth(vectors: AlignedPair, pairs: TranslationPairs, reweighting: number, generator: RandomGenerator): AlignedPair {
  const weights = pairWeights(pairs);
  const covariance = multiply(gather(vectors.first, pairs.first, weights), gather(vectors.second, pairs.second), { transposeFirst: true });
  const { left, values, right } = truncatedSvd(covariance, { rank: Math.min(covariance.rows, covariance.columns), generator });
  const scales = values.map((value) => (value / values[0]!) ** reweighting);
  const rotate = (matrix: DenseMatrix, rotation: typeof left): DenseMatrix => {
    const scaled = { ...rotation, data: rotation.data.map((value, i) => value * scales[i % rotation.columns]!) };
    return normaliseRows(toDense(multiply(matrix, scaled)));
  };
  return { first: rotate(vectors.first, left), second: rotate(vectors.second, right) };
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
