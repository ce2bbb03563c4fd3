import { multiply } from './multiply';
import { orthogonalProcrustes } from './orthogonal-procrustes';
import { SeededGenerator } from './seeded-generator';
import { randomMatrix } from './testing';
import { truncatedSvd } from './truncated-svd';

describe('orthogonalProcrustes', () => {
  const generator = new SeededGenerator(4);
  const rotation = truncatedSvd(randomMatrix(6, 6, generator), { rank: 6, generator }).left;
  const source = randomMatrix(50, 6, generator);

  it('recovers the rotation between two sets of points', () => {
    orthogonalProcrustes(source, multiply(source, rotation)).data.forEach((value, i) => expect(value).toBeCloseTo(rotation.data[i]!, 9));
  });

  it('is orthogonal and no worse than the true rotation under noise', () => {
    const target = multiply(source, rotation);
    const noisy = { ...target, data: target.data.map((value) => value + 0.3 * generator.normal()) };
    const found = orthogonalProcrustes(source, noisy);
    multiply(found, found, { transposeFirst: true }).data.forEach((value, i) => expect(value).toBeCloseTo(i % 7 === 0 ? 1 : 0, 9));
    const error = (map: typeof found): number => multiply(source, map).data.reduce((sum, value, i) => sum + (value - noisy.data[i]!) ** 2, 0);
    expect(error(found)).toBeLessThanOrEqual(error(rotation));
  });
});
