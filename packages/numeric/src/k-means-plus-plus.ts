import type { DenseMatrix, RandomGenerator } from '@xtm/contracts';
import { type DoubleMatrix, zeros } from './double-matrix';
import { squaredDistance } from './squared-distance';

/**
 * Starting centroids [clusters, dimensions], drawn one after the other from the points with probability proportional
 * to the squared distance to the nearest centroid so far (Arthur & Vassilvitskii 2007).
 */
export function kMeansPlusPlus(points: DenseMatrix, clusters: number, generator: RandomGenerator): DoubleMatrix {
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
