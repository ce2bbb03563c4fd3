import { BoundedAssignment } from './bounded-assignment';
import { squaredDistance } from './scaling';
import { SeededGenerator } from './seeded-generator';
import { randomMatrix } from './testing';

describe('BoundedAssignment', () => {
  it('labels with the nearest centroid at every iteration, though most distances are skipped', () => {
    const points = randomMatrix(400, 4, new SeededGenerator(1));
    const centroids = { rows: 9, columns: 4, data: Float64Array.from(points.data.subarray(0, 36)) };
    const assignment = new BoundedAssignment(points, centroids);
    for (let iteration = 0; iteration < 30; iteration++) {
      assignment.assign();
      assignment.labels.forEach((label, i) => {
        const distances = Array.from({ length: 9 }, (_, k) => squaredDistance(points.data, i * 4, centroids.data, k * 4, 4));
        expect(distances[label]).toBe(Math.min(...distances));
      });
      assignment.moveCentroids();
    }
  });

  it('gives an empty cluster the point farthest from its centroid', () => {
    const points = { rows: 4, columns: 1, data: Float32Array.of(0, 1, 2, 7) };
    const assignment = new BoundedAssignment(points, { rows: 2, columns: 1, data: Float64Array.of(1, 100) });
    assignment.assign();
    expect(assignment.fillEmptyClusters()).toBe(true);
    expect(assignment.labels).toEqual(Int32Array.of(0, 0, 0, 1));
  });
});
