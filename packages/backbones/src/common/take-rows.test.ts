import fc from 'fast-check';
import { rowsFromDense } from '../testing/rows';
import { takeDenseRows, takeSparseRows } from './take-rows';

const matrix = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 })).chain(([rows, columns]) =>
  fc.record({
    rows: fc.constant(rows),
    columns: fc.constant(columns),
    data: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: rows * columns, maxLength: rows * columns }).map((values) => Float32Array.from(values)),
    positions: fc.array(fc.integer({ min: 0, max: rows - 1 }), { maxLength: 8 }),
  }),
);

describe('taking rows', () => {
  it('gives the same rows sparse as dense, in any order and repeated', () => {
    fc.assert(
      fc.property(matrix, ({ rows, columns, data, positions }) => {
        const dense = takeDenseRows({ rows, columns, data }, positions);
        expect([...dense.data]).toEqual(positions.flatMap((position) => [...data.subarray(position * columns, (position + 1) * columns)]));
        expect(takeSparseRows(rowsFromDense(data, rows, columns), positions)).toEqual(rowsFromDense(dense.data, positions.length, columns));
      }),
    );
  });
});
