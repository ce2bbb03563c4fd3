import type { DenseMatrix, RandomGenerator } from '@xtm/contracts';
import { type DoubleMatrix, multiply, stackRows, toDense, truncatedSvd } from '@xtm/numeric';

/** A space in which documents of all languages have coordinates, found from their embeddings. */
export interface DocumentSpace {
  /** Left singular vectors, unscaled: [documents of all languages one after the other, dimensions]. */
  readonly coordinates: DenseMatrix;
  /** Right singular vectors, each divided by its singular value: what takes an embedding to its coordinates, [embedding, dimensions]. */
  readonly projection: DenseMatrix;
  /** Singular values, descending, [dimensions]. */
  readonly singularValues: Float64Array;
}

/** Singular values below this share of the largest are rounding; their vectors say nothing. */
const NEGLIGIBLE = 1e-6;

/**
 * Truncated singular value decomposition of stacked document embeddings, uncentred (Chang et al. 2024).
 *
 * @param embeddings [documents, embedding], one a language.
 * @param dimensions Singular vectors to keep; fewer where the embeddings do not have as many.
 */
export function documentSpace(embeddings: readonly DenseMatrix[], dimensions: number, generator: RandomGenerator): DocumentSpace {
  const stacked = stackRows(embeddings);
  const { left, values, right } = truncatedSvd(stacked, { rank: Math.min(dimensions, stacked.rows, stacked.columns), generator });
  const kept = values.filter((value) => value > NEGLIGIBLE * values[0]!).length;
  const scales = values.map((value) => 1 / value);
  return {
    coordinates: leadingColumns(left, kept, new Float64Array(kept).fill(1)),
    projection: leadingColumns(right, kept, scales),
    singularValues: values.slice(0, kept),
  };
}

/** Coordinates [documents, dimensions] of embeddings [documents, embedding]. */
export function project(embeddings: DenseMatrix, projection: DenseMatrix): DenseMatrix {
  return toDense(multiply(embeddings, projection));
}

/** The same space without one dimension. */
export function dropDimension({ coordinates, projection, singularValues }: DocumentSpace, dropped: number): DocumentSpace {
  return {
    coordinates: withoutColumn(coordinates, dropped),
    projection: withoutColumn(projection, dropped),
    singularValues: singularValues.filter((_, dimension) => dimension !== dropped),
  };
}

function leadingColumns(matrix: DoubleMatrix, count: number, scales: Float64Array): DenseMatrix {
  const data = new Float32Array(matrix.rows * count);
  for (let i = 0; i < data.length; i++) data[i] = matrix.data[Math.floor(i / count) * matrix.columns + (i % count)]! * scales[i % count]!;
  return { rows: matrix.rows, columns: count, data };
}

function withoutColumn({ rows, columns, data }: DenseMatrix, dropped: number): DenseMatrix {
  return { rows, columns: columns - 1, data: data.filter((_, i) => i % columns !== dropped) };
}
