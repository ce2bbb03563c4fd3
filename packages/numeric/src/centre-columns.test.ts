import { centreColumns, columnMeans } from './centre-columns';

const matrix = { rows: 2, columns: 3, data: Float32Array.from([1, 2, 3, 5, 6, 9]) };

describe('centring', () => {
  it('weights rows in the mean', () => {
    expect(Array.from(columnMeans(matrix))).toEqual([3, 4, 6]);
    expect(Array.from(columnMeans(matrix, [3, 1]))).toEqual([2, 3, 4.5]);
    expect(Array.from(columnMeans(matrix, [0, 0]))).toEqual([0, 0, 0]);
  });

  it('subtracts the given means, or the own', () => {
    expect(Array.from(centreColumns(matrix).data)).toEqual([-2, -2, -3, 2, 2, 3]);
    expect(Array.from(centreColumns(matrix, [1, 1, 1]).data)).toEqual([0, 1, 2, 4, 5, 8]);
  });
});
