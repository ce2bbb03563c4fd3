import type { DenseMatrix, RandomGenerator } from '@xtm/contracts';
import { type DoubleMatrix, multiply, stackRows, toDense, truncatedSvd } from '@xtm/numeric';

/** A space in which documents of all languages have coordinates, found from their embeddings. */
export interface DocumentSpace {
  /** Left singular vectors, unscaled: [documents of all languages one after the other, dimensions]. */
  readonly coordinates: DenseMatrix;
  /**
   * Right singular vectors, each divided by its singular value: what takes an embedding to its coordinates,
   * [embedding, dimensions].
   */
  readonly projection: DenseMatrix;
  /** Singular values, descending, [dimensions]. */
  readonly singularValues: Float64Array;
}

/** Singular values below this share of the largest are rounding; their vectors say nothing. */
const NEGLIGIBLE = 1e-6;

/**
 * Truncated singular value decomposition of stacked document embeddings, uncentred (Chang et al. 2024).
 *
 * @param embeddings [documents, embedding], one per language.
 * @param dimensions Singular vectors to keep; fewer where the embeddings do not have as many.
 */
export function documentSpace(
  embeddings: readonly DenseMatrix[],
  dimensions: number,
  generator: RandomGenerator,
): DocumentSpace {
  const stacked = stackRows(embeddings);
  const { left, values, right } = truncatedSvd(stacked, {
    rank: Math.min(dimensions, stacked.rows, stacked.columns),
    generator,
  });
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
export function dropDimension(
  { coordinates, projection, singularValues }: DocumentSpace,
  dropped: number,
): DocumentSpace {
  return {
    coordinates: withoutColumn(coordinates, dropped),
    projection: withoutColumn(projection, dropped),
    singularValues: singularValues.filter((_, dimension) => dimension !== dropped),
  };
}

function leadingColumns(matrix: DoubleMatrix, count: number, scales: Float64Array): DenseMatrix {
  const data = new Float32Array(matrix.rows * count);
  for (let i = 0; i < data.length; i++)
    data[i] = matrix.data[Math.floor(i / count) * matrix.columns + (i % count)]! * scales[i % count]!;
  return { rows: matrix.rows, columns: count, data };
}

function withoutColumn({ rows, columns, data }: DenseMatrix, dropped: number): DenseMatrix {
  return { rows, columns: columns - 1, data: data.filter((_, i) => i % columns !== dropped) };
}

/**
 * How much each dimension tells the languages apart: the absolute value of Student's two-sample t statistic, with
 * pooled variance, between the first `firstDocuments` rows and the others, [dimensions].
 *
 * A dimension that is constant within both languages is 0 if they agree, else infinite.
 */
export function languageDependence({ rows, columns, data }: DenseMatrix, firstDocuments: number): Float64Array {
  return Float64Array.from({ length: columns }, (_, column) => {
    const first = moments(data, columns, column, 0, firstDocuments);
    const second = moments(data, columns, column, firstDocuments, rows);
    const variance = (first.squares + second.squares) / (rows - 2);
    const difference = Math.abs(first.mean - second.mean);
    if (difference === 0) return 0;
    return difference / Math.sqrt(variance * (1 / firstDocuments + 1 / (rows - firstDocuments)));
  });
}

/** Mean of a column's entries in rows [start, end), and the sum of their squared distances from it. */
function moments(
  data: Float32Array,
  columns: number,
  column: number,
  start: number,
  end: number,
): { mean: number; squares: number } {
  let sum = 0;
  for (let row = start; row < end; row++) sum += data[row * columns + column]!;
  const mean = sum / (end - start);
  let squares = 0;
  for (let row = start; row < end; row++) squares += (data[row * columns + column]! - mean) ** 2;
  return { mean, squares };
}
