import { scaleColumns } from './scale-columns';

it('scaleColumns multiplies each column by its factor', () => {
  expect(Array.from(scaleColumns({ rows: 2, columns: 2, data: Float32Array.of(1, 2, 3, 4) }, [2, 0.5]).data)).toEqual([2, 1, 6, 2]);
});
