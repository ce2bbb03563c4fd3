import { type DenseMatrix, InvalidOptionError } from '@xtm/contracts';
import { kMeans } from './k-means';
import { squaredDistance } from './scaling';
import { SeededGenerator } from './seeded-generator';
import { randomMatrix } from './testing';

/** `perBlob` points around each of the corners of a square of side 10. */
function blobs(perBlob: number, seed: number): DenseMatrix {
  const noise = randomMatrix(4 * perBlob, 2, new SeededGenerator(seed));
  const data = noise.data.map((value, i) => value + 10 * ((Math.floor(i / 2 / perBlob) >> (i % 2)) & 1));
  return { rows: noise.rows, columns: 2, data };
}

/** Lloyd's iterations without any shortcut, to compare the bounded ones with. */
function nearestCentroids(points: DenseMatrix, centroids: DenseMatrix): Int32Array {
  return Int32Array.from({ length: points.rows }, (_, i) => {
    const distances = Array.from({ length: centroids.rows }, (_unused, k) =>
      squaredDistance(points.data, i * points.columns, centroids.data, k * points.columns, points.columns));
    return distances.indexOf(Math.min(...distances));
  });
}

describe('kMeans', () => {
  it('finds well separated groups', () => {
    const { labels } = kMeans(blobs(25, 1), { clusters: 4, generator: new SeededGenerator(2) });
    for (let blob = 0; blob < 4; blob++) expect(new Set(labels.subarray(blob * 25, blob * 25 + 25)).size).toBe(1);
    expect(new Set(labels).size).toBe(4);
  });

  it('ends where every point has its nearest centroid and every centroid is the mean of its points', () => {
    const points = randomMatrix(600, 5, new SeededGenerator(3));
    const { centroids, labels, inertia } = kMeans(points, { clusters: 13, generator: new SeededGenerator(4), starts: 1, tolerance: 0 });
    expect(labels).toEqual(nearestCentroids(points, centroids));
    const sums = new Float64Array(13 * 5);
    const sizes = new Float64Array(13);
    let squares = 0;
    labels.forEach((label, i) => {
      sizes[label]!++;
      for (let c = 0; c < 5; c++) sums[label * 5 + c]! += points.data[i * 5 + c]!;
      squares += squaredDistance(points.data, i * 5, centroids.data, label * 5, 5);
    });
    sums.forEach((sum, i) => expect(centroids.data[i]).toBeCloseTo(sum / sizes[Math.floor(i / 5)]!, 5));
    expect(inertia).toBeCloseTo(squares, 3);
  });

  it('keeps the best of several starts, and repeats with the same seed', () => {
    const points = randomMatrix(200, 3, new SeededGenerator(5));
    const run = (starts: number) => kMeans(points, { clusters: 12, generator: new SeededGenerator(6), starts });
    expect(run(8).inertia).toBeLessThan(run(1).inertia);
    expect(run(3)).toEqual(run(3));
  });

  it('leaves no cluster empty while there are distinct points for it', () => {
    const data = Float32Array.from([0, 0, 0, 0, 0, 0, 0, 0, 5, 9]);
    const { labels, inertia } = kMeans({ rows: 10, columns: 1, data }, { clusters: 3, generator: new SeededGenerator(1), starts: 1 });
    expect(new Set(labels).size).toBe(3);
    expect(inertia).toBe(0);
  });

  it('accepts fewer distinct points than clusters, and one cluster', () => {
    const equal = { rows: 6, columns: 2, data: new Float32Array(12).fill(2) };
    expect(kMeans(equal, { clusters: 3, generator: new SeededGenerator(1) }).inertia).toBe(0);
    const one = kMeans(blobs(5, 1), { clusters: 1, generator: new SeededGenerator(1) });
    expect(one.labels.every((label) => label === 0)).toBe(true);
  });

  it('refuses more clusters than points', () => {
    expect(() => kMeans(blobs(1, 1), { clusters: 5, generator: new SeededGenerator(1) })).toThrow(InvalidOptionError);
  });
});
