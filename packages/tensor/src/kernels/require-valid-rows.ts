import { InvalidOptionError, type SparseRows } from '@xtm/contracts';

/** Throws unless positions and indices lie inside the matrix: kernels write to memory where they say. */
export function requireValidRows({ rows, columns, indptr, indices, values }: SparseRows): void {
  const fail = (problem: string): never => {
    throw new InvalidOptionError('rows', { rows, columns }, problem);
  };
  if (indptr.length !== rows + 1 || indptr[0] !== 0 || indptr[rows] !== indices.length) fail('indptr does not span the nonzeros');
  if (values.length !== indices.length) fail('there are not as many values as indices');
  for (let row = 0; row < rows; row++) if (indptr[row]! > indptr[row + 1]!) fail(`indptr falls at row ${row}`);
  for (let index = 0; index < indices.length; index++) {
    const column = indices[index]!;
    if (column < 0 || column >= columns) fail(`column ${column} is outside the matrix`);
  }
}
