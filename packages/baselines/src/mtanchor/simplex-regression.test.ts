import fc from 'fast-check';
import { SeededGenerator } from '@xtm/numeric';
import { SimplexRegression } from './simplex-regression';

/** Points s_k [K, dimensions] with uniform entries. */
function randomPoints(count: number, dimensions: number, generator: SeededGenerator): Float64Array[] {
  return Array.from({ length: count }, () => Float64Array.from({ length: dimensions }, () => generator.uniform()));
}

const dot = (first: Float64Array, second: Float64Array): number => first.reduce((sum, value, i) => sum + value * second[i]!, 0);
const gramOf = (points: readonly Float64Array[]): Float64Array => Float64Array.from(points.flatMap((one) => points.map((other) => dot(one, other))));
const combine = (points: readonly Float64Array[], weights: Float64Array): Float64Array =>
  points[0]!.map((_, i) => points.reduce((sum, point, k) => sum + weights[k]! * point[i]!, 0));
const squaredError = (points: readonly Float64Array[], weights: Float64Array, target: Float64Array): number => {
  const difference = combine(points, weights).map((value, i) => value - target[i]!);
  return dot(difference, difference);
};

describe('SimplexRegression', () => {
  it('finds the weights of a point inside the simplex', () => {
    const points = randomPoints(5, 20, new SeededGenerator(1));
    const truth = Float64Array.of(0.4, 0, 0.35, 0.25, 0);
    const target = combine(points, truth);
    const regression = new SimplexRegression(gramOf(points), { tolerance: 1e-12, maxIterations: 10_000 });
    const weights = regression.solve(Float64Array.from(points, (point) => dot(point, target)));
    truth.forEach((weight, k) => expect(weights[k]).toBeCloseTo(weight, 4));
  });

  it('gives weights of the simplex that no other weights of the simplex beat by more than the tolerance', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(), (count, seed) => {
        const generator = new SeededGenerator(seed);
        const points = randomPoints(count, 6, generator);
        const [target] = randomPoints(1, 6, generator);
        const weights = new SimplexRegression(gramOf(points)).solve(Float64Array.from(points, (point) => dot(point, target!)));
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
        const least = squaredError(points, weights, target!);
        for (let trial = 0; trial < 20; trial++) {
          const draw = Float64Array.from({ length: count }, () => -Math.log(1 - generator.uniform()));
          const total = draw.reduce((sum, value) => sum + value, 0);
          expect(squaredError(points, draw.map((value) => value / total), target!)).toBeGreaterThanOrEqual(least - 1e-6);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('reaches the same weights from any positive start', () => {
    const points = randomPoints(4, 10, new SeededGenerator(3));
    const target = combine(points, Float64Array.of(0.1, 0.2, 0.3, 0.4));
    const products = Float64Array.from(points, (point) => dot(point, target));
    const regression = new SimplexRegression(gramOf(points), { tolerance: 1e-12, maxIterations: 10_000 });
    const [equal, skewed] = [regression.solve(products).slice(), regression.solve(products, Float64Array.of(0.97, 0.01, 0.01, 0.01)).slice()];
    equal.forEach((weight, k) => expect(skewed[k]).toBeCloseTo(weight, 4));
  });

  it('stays finite where points differ by orders of magnitude', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const generator = new SeededGenerator(seed);
        const points = randomPoints(30, 200, generator).map((point) => point.map((value) => value ** 12 * 10 ** (-3 * generator.uniform())));
        const weights = new SimplexRegression(gramOf(points)).solve(Float64Array.from(points, (point) => dot(point, points[0]!)));
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10);
      }),
      { numRuns: 40 },
    );
  });

  it('copes with points that coincide and with the origin', () => {
    const point = Float64Array.of(1, 2);
    const regression = new SimplexRegression(gramOf([point, point]));
    expect(regression.solve(Float64Array.of(5, 5))).toEqual(Float64Array.of(0.5, 0.5));
    expect(new SimplexRegression(new Float64Array(9)).solve(new Float64Array(3))).toEqual(new Float64Array(3).fill(1 / 3));
  });
});
