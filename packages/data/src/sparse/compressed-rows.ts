import type { SparseRows } from '@xtm/contracts';
import { transposeRows } from '@xtm/numeric';

/** The same matrix with ascending distinct columns in every row: repeats summed, stored zeros dropped. */
export function canonicalRows(rows: SparseRows): SparseRows {
  if (isCanonical(rows)) return rows;
  // Transposing writes each row's entries in ascending order, so doing it twice sorts in linear time.
  return mergeNeighbours(isSorted(rows) ? rows : transposeRows(transposeRows(rows)));
}

function isCanonical({ rows, indptr, indices, values }: SparseRows): boolean {
  if (values.some((value) => value === 0)) return false;
  for (let row = 0; row < rows; row += 1) {
    for (let position = indptr[row]! + 1; position < indptr[row + 1]!; position += 1) {
      if (indices[position]! <= indices[position - 1]!) return false;
    }
  }
  return true;
}

function isSorted({ rows, indptr, indices }: SparseRows): boolean {
  for (let row = 0; row < rows; row += 1) {
    for (let position = indptr[row]! + 1; position < indptr[row + 1]!; position += 1) {
      if (indices[position]! < indices[position - 1]!) return false;
    }
  }
  return true;
}

/** Sums equal neighbouring columns of rows whose columns are sorted, and drops what sums to zero. */
function mergeNeighbours({ rows, columns, indptr, indices, values }: SparseRows): SparseRows {
  const mergedPointers = new Int32Array(rows + 1);
  const mergedIndices = new Int32Array(indices.length);
  const mergedValues = new Float32Array(values.length);
  let end = 0;
  for (let row = 0; row < rows; row += 1) {
    let position = indptr[row]!;
    while (position < indptr[row + 1]!) {
      const column = indices[position]!;
      let sum = 0;
      for (; position < indptr[row + 1]! && indices[position] === column; position += 1) sum += values[position]!;
      if (Math.fround(sum) === 0) continue;
      mergedIndices[end] = column;
      mergedValues[end] = sum;
      end += 1;
    }
    mergedPointers[row + 1] = end;
  }
  return {
    rows,
    columns,
    indptr: mergedPointers,
    indices: mergedIndices.slice(0, end),
    values: mergedValues.slice(0, end),
  };
}

/** Arrays of a compressed sparse format before they are known to fit each other. */
interface CompressedArrays {
  readonly indptr: ArrayLike<number>;
  readonly indices: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Which array is wrong, and how. */
interface CompressedFault {
  readonly field: 'indptr' | 'indices' | 'data';
  readonly problem: string;
}

/**
 * The first thing wrong with compressed sparse arrays of `major` slices (rows of CSR, columns of CSC) whose
 * indices lie in [0, minor); `undefined` if they are sound.
 */
export function findCompressedFault(
  arrays: CompressedArrays,
  major: number,
  minor: number,
): CompressedFault | undefined {
  return findPointerFault(arrays, major) ?? findIndexFault(arrays, minor) ?? findValueFault(arrays);
}

function findPointerFault({ indptr, indices, values }: CompressedArrays, major: number): CompressedFault | undefined {
  if (indptr.length !== major + 1) {
    return { field: 'indptr', problem: `has ${indptr.length} entries; the shape asks for ${major + 1}` };
  }
  if (indptr[0] !== 0) return { field: 'indptr', problem: `starts at ${indptr[0]}, not 0` };
  for (let slice = 0; slice < major; slice += 1) {
    if (!(indptr[slice + 1]! >= indptr[slice]!)) return { field: 'indptr', problem: `falls after position ${slice}` };
  }
  if (indptr[major] !== indices.length) {
    return { field: 'indices', problem: `has ${indices.length} entries; indptr ends at ${indptr[major]}` };
  }
  if (values.length !== indices.length) {
    return { field: 'data', problem: `has ${values.length} entries; indices has ${indices.length}` };
  }
  return undefined;
}

function findIndexFault({ indices }: CompressedArrays, minor: number): CompressedFault | undefined {
  for (let position = 0; position < indices.length; position += 1) {
    const index = indices[position]!;
    if (!(index >= 0 && index < minor && Number.isInteger(index))) {
      return {
        field: 'indices',
        problem: `holds ${index} at position ${position}; indices must lie in 0 to ${minor - 1}`,
      };
    }
  }
  return undefined;
}

function findValueFault({ values }: CompressedArrays): CompressedFault | undefined {
  for (let position = 0; position < values.length; position += 1) {
    if (!Number.isFinite(Math.fround(values[position]!))) {
      return { field: 'data', problem: `holds ${values[position]} at position ${position}` };
    }
  }
  return undefined;
}
