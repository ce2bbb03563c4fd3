import { SeededGenerator } from '@xtm/numeric';
import { layOutTopics, planeDistances, scaleDistances } from './topic-map';

describe('layOutTopics', () => {
  it('puts topics with similar words near each other', () => {
    const data = Float32Array.of(0.7, 0.2, 0.05, 0.05, 0.65, 0.25, 0.05, 0.05, 0.05, 0.05, 0.2, 0.7);
    const { x, y, fit } = layOutTopics([{ rows: 3, columns: 4, data }], new SeededGenerator(0));
    const distance = (i: number, j: number) => Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!);
    expect(distance(0, 1)).toBeLessThan(0.2 * distance(0, 2));
    expect(fit).toBeGreaterThan(0.99);
  });

  it.each([1, 2])('works for %i topics', (rows) => {
    const { x, y, fit } = layOutTopics([{ rows, columns: 2, data: Float32Array.of(0.5, 0.5, 1, 0).subarray(0, 2 * rows) }], new SeededGenerator(0));
    expect([...x, ...y].every(Number.isFinite)).toBe(true);
    expect(fit).toBe(1);
  });
});

it('scaleDistances finds points whose distances fit a plane', () => {
  const generator = new SeededGenerator(4);
  const draw = () => Float64Array.from({ length: 8 }, () => generator.normal());
  const wanted = planeDistances({ x: draw(), y: draw() });
  const start = { x: draw(), y: draw() };
  const errorOf = (points: { x: Float64Array; y: Float64Array }) => planeDistances(points).reduce((sum, distance, at) => sum + (distance - wanted[at]!) ** 2, 0);
  expect(errorOf(scaleDistances(start, wanted))).toBeLessThan(0.2 * errorOf(start));
});
