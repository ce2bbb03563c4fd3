import { forSizes } from '../testing/draws';
import { solveLinearSystem } from './plan-gradients';

const rows = (...values: number[][]) => values.map((row) => Float64Array.from(row));

describe('solveLinearSystem', () => {
  it('recovers the solution', () => {
    forSizes(({ n, draws }) => {
      const matrix = Array.from({ length: n }, () => Float64Array.from({ length: n }, () => draws.normal()));
      const solution = Array.from({ length: n }, () => draws.normal());
      const right = Float64Array.from(matrix, (row) =>
        row.reduce((sum, entry, index) => sum + entry * solution[index]!, 0),
      );
      solveLinearSystem(matrix, right).forEach((value, index) => expect(value).toBeCloseTo(solution[index]!, 6));
    }, 40);
  });

  it('needs to change rows where a pivot is 0', () => {
    expect(Array.from(solveLinearSystem(rows([0, 1], [2, 0]), Float64Array.of(3, 8)))).toEqual([4, 3]);
  });

  it('sets what a singular system leaves open to 0', () => {
    expect(Array.from(solveLinearSystem(rows([1, 1], [1, 1]), Float64Array.of(2, 2)))).toEqual([2, 0]);
  });
});
