import { SeededGenerator } from '@xtm/numeric';
import { gaussianClouds, pickDocuments, rowsOf } from '../testing/synthetic';
import { trainNearestNeighbours } from './k-nearest-neighbours';

describe('trainNearestNeighbours', () => {
  it('lets the documents at the smallest Euclidean distance vote', async () => {
    const clouds = gaussianClouds(new SeededGenerator(5), 120, 4, ['b', 'a', 'c']);
    const train = pickDocuments(clouds, Array.from({ length: 80 }, (_, i) => i));
    const test = pickDocuments(clouds, Array.from({ length: 40 }, (_, i) => 80 + i));
    const trainRows = rowsOf(train.features);
    const expected = rowsOf(test.features).map((row) => {
      const distances = trainRows.map((other) => Math.hypot(...other.map((value, column) => value - row[column]!)));
      const nearest = [...distances.keys()].sort((a, b) => distances[a]! - distances[b]!).slice(0, 7);
      const votes = (label: string) => nearest.filter((neighbour) => train.labels[neighbour] === label).length;
      return ['a', 'b', 'c'].reduce((best, label) => (votes(label) > votes(best) ? label : best));
    });
    expect(await trainNearestNeighbours(train, { neighbours: 7 }).predict(test.features)).toEqual(expected);
  });

  it('asks every document when there are fewer than neighbours, and gives ties to the class that sorts first', async () => {
    const features = { rows: 2, columns: 1, data: Float32Array.of(0, 1) };
    expect(await trainNearestNeighbours({ features, labels: ['b', 'a'] }).predict(features)).toEqual(['a', 'a']);
  });

  it('refuses no neighbours', () => {
    const features = { rows: 2, columns: 1, data: Float32Array.of(0, 1) };
    expect(() => trainNearestNeighbours({ features, labels: ['b', 'a'] }, { neighbours: 0 })).toThrow('positive integer');
  });
});
