import type { DenseMatrix } from '@xtm/contracts';
import { type DoubleMatrix, multiply } from './matrix';
import { squaredDistance } from './scaling';

const POINTS_AT_A_TIME = 512;

/**
 * Points' nearest centroids, kept up to date while centroids move. Each point has an upper bound of the distance to
 * its centroid and a lower bound of the distance to every other one; distances are computed only where the bounds
 * cross (Hamerly, "Making k-means even faster", 2010).
 */
export class BoundedAssignment {
  /** [points] index of the nearest centroid, as of the last `assign`. */
  readonly labels: Int32Array;
  private readonly upper: Float64Array;
  private readonly lower: Float64Array;
  private readonly pointNorms: Float64Array;

  /** `centroids` are moved in place. */
  constructor(private readonly points: DenseMatrix, private readonly centroids: DoubleMatrix) {
    this.labels = new Int32Array(points.rows).fill(-1);
    this.upper = new Float64Array(points.rows).fill(Infinity);
    this.lower = new Float64Array(points.rows);
    this.pointNorms = squaredNorms(points);
  }

  /** Labels every point with its nearest centroid; tells whether any label changed. */
  assign(): boolean {
    const halfGaps = this.halfGaps();
    const uncertain: number[] = [];
    for (let i = 0; i < this.points.rows; i++) {
      if (this.mayChange(i, halfGaps)) uncertain.push(i);
    }
    let changed = false;
    for (let start = 0; start < uncertain.length; start += POINTS_AT_A_TIME) {
      if (this.compareWithAll(uncertain.slice(start, start + POINTS_AT_A_TIME))) changed = true;
    }
    return changed;
  }

  /** Gives every cluster without points the point farthest from its centroid; tells whether any label changed. */
  fillEmptyClusters(): boolean {
    const sizes = new Int32Array(this.centroids.rows);
    for (const label of this.labels) sizes[label]!++;
    let moved = false;
    for (let k = 0; k < sizes.length; k++) {
      if (sizes[k]! > 0) continue;
      const point = this.farthestPoint(sizes);
      if (point < 0) break;
      sizes[this.labels[point]!]!--;
      sizes[k] = 1;
      this.labels[point] = k;
      this.upper[point] = Infinity;
      this.lower[point] = 0;
      moved = true;
    }
    return moved;
  }

  /** Moves every centroid to the mean of its points and returns the sum of the squared shifts. */
  moveCentroids(): number {
    const { rows: clusters, columns, data } = this.centroids;
    const means = this.clusterMeans();
    const shifts = new Float64Array(clusters);
    let squaredSum = 0;
    for (let k = 0; k < clusters; k++) {
      const squared = squaredDistance(data, k * columns, means, k * columns, columns);
      shifts[k] = Math.sqrt(squared);
      squaredSum += squared;
    }
    data.set(means);
    const largest = shifts.reduce((most, shift) => Math.max(most, shift), 0);
    for (let i = 0; i < this.labels.length; i++) {
      this.upper[i]! += shifts[this.labels[i]!]!;
      this.lower[i]! -= largest;
    }
    return squaredSum;
  }

  private mayChange(point: number, halfGaps: Float64Array): boolean {
    const label = this.labels[point]!;
    if (label < 0) return true;
    const safe = Math.max(halfGaps[label]!, this.lower[point]!);
    if (this.upper[point]! <= safe) return false;
    this.upper[point] = this.distance(point, label);
    return this.upper[point]! > safe;
  }

  private distance(point: number, cluster: number): number {
    const { columns, data } = this.points;
    return Math.sqrt(squaredDistance(data, point * columns, this.centroids.data, cluster * columns, columns));
  }

  private compareWithAll(block: readonly number[]): boolean {
    const { columns, data } = this.points;
    const clusters = this.centroids.rows;
    const gathered = new Float32Array(block.length * columns);
    block.forEach((point, b) => gathered.set(data.subarray(point * columns, (point + 1) * columns), b * columns));
    const products = multiply({ rows: block.length, columns, data: gathered }, this.centroids, {
      transposeSecond: true,
    });
    const centroidNorms = squaredNorms(this.centroids);
    let changed = false;
    block.forEach((point, b) => {
      const distances = products.data.subarray(b * clusters, (b + 1) * clusters);
      for (let k = 0; k < clusters; k++)
        distances[k] = centroidNorms[k]! - 2 * distances[k]! + this.pointNorms[point]!;
      if (this.takeNearest(point, distances)) changed = true;
    });
    return changed;
  }

  private takeNearest(point: number, squaredDistances: Float64Array): boolean {
    let nearest = -1;
    let first = Infinity;
    let second = Infinity;
    for (let k = 0; k < squaredDistances.length; k++) {
      const value = squaredDistances[k]!;
      if (value < first) {
        second = first;
        first = value;
        nearest = k;
      } else if (value < second) second = value;
    }
    const changed = this.labels[point] !== nearest;
    this.labels[point] = nearest;
    this.upper[point] = Math.sqrt(Math.max(0, first));
    this.lower[point] = Math.sqrt(Math.max(0, second));
    return changed;
  }

  /** [clusters] half of the distance to the nearest other centroid: a point closer than that keeps its label. */
  private halfGaps(): Float64Array {
    const { rows: clusters, columns, data } = this.centroids;
    const gaps = new Float64Array(clusters).fill(Infinity);
    for (let k = 0; k < clusters; k++) {
      for (let j = 0; j < k; j++) {
        const half = Math.sqrt(squaredDistance(data, k * columns, data, j * columns, columns)) / 2;
        gaps[k] = Math.min(gaps[k]!, half);
        gaps[j] = Math.min(gaps[j]!, half);
      }
    }
    return gaps;
  }

  /** The point farthest from its centroid among clusters that can spare one; -1 if all points stand on theirs. */
  private farthestPoint(sizes: Int32Array): number {
    let farthest = -1;
    let largest = 0;
    for (let i = 0; i < this.labels.length; i++) {
      const label = this.labels[i]!;
      if (sizes[label]! < 2 || !(this.upper[i]! > largest)) continue;
      const distance = this.distance(i, label);
      if (distance > largest) {
        largest = distance;
        farthest = i;
      }
    }
    return farthest;
  }

  private clusterMeans(): Float64Array {
    const { columns, data } = this.points;
    const means = new Float64Array(this.centroids.data.length);
    const sizes = new Int32Array(this.centroids.rows);
    for (let i = 0; i < this.labels.length; i++) {
      const label = this.labels[i]!;
      sizes[label]!++;
      for (let c = 0; c < columns; c++) means[label * columns + c]! += data[i * columns + c]!;
    }
    for (let k = 0; k < sizes.length; k++) {
      for (let c = k * columns; c < (k + 1) * columns; c++) {
        means[c] = sizes[k]! > 0 ? means[c]! / sizes[k]! : this.centroids.data[c]!;
      }
    }
    return means;
  }
}

function squaredNorms({
  rows,
  columns,
  data,
}: {
  rows: number;
  columns: number;
  data: Float32Array | Float64Array;
}): Float64Array {
  const norms = new Float64Array(rows);
  for (let i = 0; i < data.length; i++) norms[(i - (i % columns)) / columns]! += data[i]! * data[i]!;
  return norms;
}
