import { DataFormatError, type SparseRows } from '@xtm/contracts';
import { transposeRows } from '@xtm/numeric';
import { canonicalRows, findCompressedFault } from '../sparse/compressed-rows';
import { readBytes } from '../files';
import { numbersOf, writeNpyText } from './npy';
import type { NumberArray } from './npy-dtype';
import { NpzArchive, writeNpz } from './npz';

/** Rows or columns beyond this are taken for a damaged shape. */
const MAX_AXIS = 100_000_000;
/** The axis that the file holds no pointers for may be this long, or as long as the file has bytes. */
const FREE_COLUMNS = 2 ** 22;
const HEADER_ROOM = 4096;
const MAX_ITEM_BYTES = 8;

/**
 * Reads a sparse matrix that `scipy.sparse.save_npz` wrote in CSR or CSC format, of any integer or float type.
 * Repeated entries are summed, stored zeros dropped, columns sorted.
 *
 * @param purpose What the file is needed for, named if it is missing.
 * @throws MissingFileError, DataFormatError.
 */
export async function readSparseMatrix(file: string, purpose = 'a sparse matrix'): Promise<SparseRows> {
  return parseSparseMatrix(await readBytes(file, purpose), file);
}

/** {@link readSparseMatrix} on the bytes of a file. */
export function parseSparseMatrix(bytes: Uint8Array, file: string): SparseRows {
  const archive = new NpzArchive(bytes, file);
  const { rows, columns } = readShape(archive, file);
  const format = readFormat(archive, file);
  const [major, minor] = format === 'csr' ? [rows, columns] : [columns, rows];
  if (minor > Math.max(FREE_COLUMNS, bytes.length)) {
    throw new DataFormatError(
      `the shape (${rows}, ${columns}) is larger than a file of ${bytes.length} bytes can fill`,
      { file, field: 'shape' },
    );
  }
  const indptr = readNumbers(archive, file, 'indptr', major + 1);
  // The matrix says how many entries it has before the arrays that hold them are inflated.
  const entries = Number(indptr[major] ?? 0);
  const indices = readNumbers(archive, file, 'indices', entries);
  const values = readNumbers(archive, file, 'data', entries);
  const fault = findCompressedFault({ indptr, indices, values }, major, minor);
  if (fault !== undefined) throw new DataFormatError(fault.problem, { file, field: fault.field });
  const slices = {
    rows: major,
    columns: minor,
    indptr: Int32Array.from(indptr),
    indices: Int32Array.from(indices),
    values: Float32Array.from(values),
  };
  return canonicalRows(format === 'csr' ? slices : transposeRows(slices));
}

function readShape(archive: NpzArchive, file: string): { rows: number; columns: number } {
  const shape = readNumbers(archive, file, 'shape', 2);
  const [rows, columns] = shape;
  const sound = (size: number | undefined) => Number.isInteger(size) && size! >= 0 && size! <= MAX_AXIS;
  if (shape.length !== 2 || !sound(rows) || !sound(columns)) {
    throw new DataFormatError(`the shape (${shape.join(', ')}) is not that of a matrix xtm can hold`, {
      file,
      field: 'shape',
    });
  }
  return { rows: rows!, columns: columns! };
}

function readFormat(archive: NpzArchive, file: string): 'csr' | 'csc' {
  const format = archive.read('format', HEADER_ROOM).data[0];
  if (format === 'csr' || format === 'csc') return format;
  throw new DataFormatError(`matrices in ${String(format)} format cannot be read`, { file, field: 'format' }, {
    advice: 'Convert it in Python: scipy.sparse.save_npz(file, matrix.tocsr()).',
  });
}

function readNumbers(archive: NpzArchive, file: string, member: string, expected: number): NumberArray {
  return numbersOf(archive.read(member, HEADER_ROOM + MAX_ITEM_BYTES * Math.max(0, expected)), file, member);
}

/**
 * Bytes of a .npz file that `scipy.sparse.load_npz` reads as a CSR matrix. Whole numbers are written as int64,
 * as the benchmarks are; any others as float32.
 */
export function writeSparseMatrix({ rows, columns, indptr, indices, values }: SparseRows): Uint8Array {
  const data = values.every(Number.isSafeInteger) ? BigInt64Array.from(values, (value) => BigInt(value)) : values;
  return writeNpz({
    indices: { array: indices, shape: [indices.length] },
    indptr: { array: indptr, shape: [indptr.length] },
    format: writeNpyText('csr'),
    shape: { array: BigInt64Array.of(BigInt(rows), BigInt(columns)), shape: [2] },
    data: { array: data, shape: [values.length] },
  });
}
