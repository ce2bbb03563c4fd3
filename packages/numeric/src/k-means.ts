import type { DenseMatrix, RandomGenerator } from '@xtm/contracts';
import { InvalidOptionError } from '@xtm/contracts';
import { type DoubleMatrix, toDense } from './double-matrix';
import { BoundedAssignment } from './bounded-assignment';
import { kMeansPlusPlus } from './k-means-plus-plus';
import { requirePositiveInteger } from './positive-integer';
import { squaredDistance } from './squared-distance';

export interface KMeansOptions {
  /** Clusters to find, at most the number of points. */
  readonly clusters: number;
  readonly generator: RandomGenerator;
  /** Runs from new starting points, of which the best is kept; default 4. */
  readonly starts?: number;
  /** Per run; default 300. */
  readonly maxIterations?: number;
  /** A run ends when the centroids' squared shift falls below this share of the mean variance of a column; default 1e-4. */
  readonly tolerance?: number;
}

export interface KMeansResult {
  /** [clusters, dimensions]. */
  readonly centroids: DenseMatrix;
  /** [points] index of the nearest centroid. */
  readonly labels: Int32Array;
  /** Sum of squared distances to the nearest centroid. */
  readonly inertia: number;
  /** Iterations of the run that was kept. */
  readonly iterations: number;
}

/**
 * k-means clusters of points [points, dimensions] by Euclidean distance: Lloyd's iterations from k-means++ starts,
 * with distances skipped where bounds show that no label can change (Hamerly 2010), so the result is Lloyd's. A cluster
 * that loses all its points takes over the point farthest from its centroid.
 */
export function kMeans(points: DenseMatrix, options: KMeansOptions): KMeansResult {
  const { clusters, generator, starts = 4, maxIterations = 300, tolerance = 1e-4 } = options;
  requirePositiveInteger('clusters', clusters, points.rows);
  requirePositiveInteger('starts', starts);
  requirePositiveInteger('maxIterations', maxIterations);
  if (!(tolerance >= 0)) throw new InvalidOptionError('tolerance', tolerance, 'must not be negative');
  const smallestShift = tolerance * meanVariance(points);
  let best = runOnce(points, kMeansPlusPlus(points, clusters, generator), maxIterations, smallestShift);
  for (let start = 1; start < starts; start++) {
    const next = runOnce(points, kMeansPlusPlus(points, clusters, generator), maxIterations, smallestShift);
    if (next.inertia < best.inertia) best = next;
  }
  return best;
}

function runOnce(points: DenseMatrix, centroids: DoubleMatrix, maxIterations: number, smallestShift: number): KMeansResult {
  const assignment = new BoundedAssignment(points, centroids);
  let iterations = 0;
  let moving = true;
  while (moving && iterations < maxIterations) {
    iterations++;
    const changed = assignment.assign();
    const filled = assignment.fillEmptyClusters();
    moving = (changed || filled) && assignment.moveCentroids() > smallestShift;
  }
  assignment.assign();
  const { labels } = assignment;
  return { centroids: toDense(centroids), labels, inertia: inertiaOf(points, centroids, labels), iterations };
}

function inertiaOf(points: DenseMatrix, centroids: DoubleMatrix, labels: Int32Array): number {
  const { columns, data } = points;
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum += squaredDistance(data, i * columns, centroids.data, labels[i]! * columns, columns);
  return sum;
}

function meanVariance({ rows, columns, data }: DenseMatrix): number {
  let total = 0;
  for (let c = 0; c < columns; c++) {
    let sum = 0;
    let squares = 0;
    for (let i = c; i < data.length; i += columns) {
      sum += data[i]!;
      squares += data[i]! * data[i]!;
    }
    total += squares / rows - (sum / rows) ** 2;
  }
  return columns === 0 ? 0 : Math.max(0, total / columns);
}
