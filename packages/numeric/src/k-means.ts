import { type DenseMatrix, InvalidOptionError, type RandomGenerator } from '@xtm/contracts';
import { BoundedAssignment } from './bounded-assignment';
import { type DoubleMatrix, requirePositiveInteger, toDense, zeros } from './matrix';
import { squaredDistance } from './scaling';

export interface KMeansOptions {
  /** Clusters to find, at most the number of points. */
  readonly clusters: number;
  readonly generator: RandomGenerator;
  /** Runs from new starting points, of which the best is kept; default 4. */
  readonly starts?: number;
  /** Per run; default 300. */
  readonly maxIterations?: number;
  /**
   * A run ends when the centroids' squared shift falls below this share of the mean variance of a column; default
   * 1e-4.
   */
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
 * with distances skipped where bounds show that no label can change (Hamerly 2010), so the result is Lloyd's. A
 * cluster that loses all its points takes over the point farthest from its centroid.
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

function runOnce(
  points: DenseMatrix,
  centroids: DoubleMatrix,
  maxIterations: number,
  smallestShift: number,
): KMeansResult {
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
  for (let i = 0; i < labels.length; i++)
    sum += squaredDistance(data, i * columns, centroids.data, labels[i]! * columns, columns);
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

/**
 * Starting centroids [clusters, dimensions], drawn one after the other from the points with probability proportional
 * to the squared distance to the nearest centroid so far (Arthur & Vassilvitskii 2007).
 */
function kMeansPlusPlus(points: DenseMatrix, clusters: number, generator: RandomGenerator): DoubleMatrix {
  const { rows, columns, data } = points;
  const centroids = zeros(clusters, columns);
  const nearest = new Float64Array(rows).fill(Infinity);
  let chosen = generator.integer(rows);
  for (let k = 0; k < clusters; k++) {
    centroids.data.set(data.subarray(chosen * columns, (chosen + 1) * columns), k * columns);
    for (let i = 0; i < rows; i++) {
      nearest[i] = Math.min(nearest[i]!, squaredDistance(data, i * columns, centroids.data, k * columns, columns));
    }
    chosen = drawProportionally(nearest, generator);
  }
  return centroids;
}

/** An index drawn with probability proportional to its weight; any index if all weights are 0. */
function drawProportionally(weights: Float64Array, generator: RandomGenerator): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return generator.integer(weights.length);
  let left = generator.uniform() * total;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    last = i;
    left -= weights[i]!;
    if (left < 0) return i;
  }
  return last;
}
