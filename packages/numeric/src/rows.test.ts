import { InvalidOptionError } from '@xtm/contracts';
import { selectDenseRows, selectRows, sparseRowsFromMaps } from './rows';

const bags = [
  new Map([
    [3, 2],
    [1, 1],
  ]),
  new Map<number, number>(),
  new Map([[1, 4]]),
];

describe('sparse rows', () => {
  it('come of maps with their columns in order', () => {
    expect(sparseRowsFromMaps(bags, 5)).toEqual({
      rows: 3,
      columns: 5,
      indptr: Int32Array.of(0, 2, 2, 3),
      indices: Int32Array.of(1, 3, 1),
      values: Float32Array.of(1, 2, 4),
    });
  });

  it('are selected in any order, repeated or not', () => {
    const expected = sparseRowsFromMaps([bags[2]!, bags[0]!, bags[2]!, bags[1]!], 5);
    expect(selectRows(sparseRowsFromMaps(bags, 5), [2, 0, 2, 1])).toEqual(expected);
    expect(selectRows(sparseRowsFromMaps(bags, 5), []).rows).toBe(0);
  });
});

it('dense rows are selected in any order, repeated or not', () => {
  const matrix = { rows: 3, columns: 2, data: Float32Array.of(1, 2, 3, 4, 5, 6) };
  expect(selectDenseRows(matrix, [2, 0, 2])).toEqual({
    rows: 3,
    columns: 2,
    data: Float32Array.of(5, 6, 1, 2, 5, 6),
  });
});

it.each([-1, 3, NaN])('position %d is refused', (position) => {
  const matrix = { rows: 3, columns: 1, data: new Float32Array(3) };
  expect(() => selectRows(sparseRowsFromMaps(bags, 5), [position])).toThrow(InvalidOptionError);
  expect(() => selectDenseRows(matrix, [position])).toThrow(InvalidOptionError);
});
