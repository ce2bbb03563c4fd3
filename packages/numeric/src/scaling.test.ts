import { centreColumns, columnMeans, normaliseRows, scaleColumns } from './scaling';

describe('normaliseRows', () => {
  it('gives rows unit length and leaves zeros alone', () => {
    const normalised = normaliseRows({ rows: 2, columns: 2, data: Float32Array.from([3, 4, 0, 0]) });
    expect(Array.from(normalised.data)).toEqual([Math.fround(0.6), Math.fround(0.8), 0, 0]);
  });
});

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

it('scaleColumns multiplies each column by its factor', () => {
  expect(Array.from(scaleColumns({ rows: 2, columns: 2, data: Float32Array.of(1, 2, 3, 4) }, [2, 0.5]).data)).toEqual([
    2, 1, 6, 2,
  ]);
});
