import fc from 'fast-check';
import { DataFormatError, MissingFileError } from '@xtm/contracts';
import { sparseRowsFromMaps } from '@xtm/numeric';
import { denseFromSparseRows } from '../sparse/sparse-rows';
import { fixtureBytes, fixturePath } from '../testing/fixture';
import { type WritableArray, writeNpyText } from './npy';
import { NpzArchive, type NpzMember, writeNpz } from './npz';
import { parseSparseMatrix, readSparseMatrix, writeSparseMatrix } from './sparse-matrix-file';

const DENSE = [0, 2, 0, 1, 0, 0, 0, 0, 3, 0, 0, 5];

const vector = (array: WritableArray): NpzMember => ({ array, shape: [array.length] });

/** A sound 2 × 3 matrix with the entries (0, 2) = 1 and (1, 0) = 4, some members replaced. */
function matrixFile(replaced: Record<string, NpzMember | undefined> = {}): Uint8Array {
  const members = {
    indices: vector(Int32Array.of(2, 0)), indptr: vector(Int32Array.of(0, 1, 2)), format: writeNpyText('csr'),
    shape: vector(Int32Array.of(2, 3)), data: vector(Float64Array.of(1, 4)), ...replaced,
  };
  const present = Object.entries(members).filter((entry): entry is [string, NpzMember] => entry[1] !== undefined);
  return writeNpz(Object.fromEntries(present));
}

describe('readSparseMatrix', () => {
  it.each(['csr-int64-repeats.npz', 'csc-float32.npz', 'csr-int8-stored.npz'])('reads %s, which SciPy wrote', async (name) => {
    const rows = await readSparseMatrix(fixturePath(name));
    expect([rows.rows, rows.columns]).toEqual([3, 4]);
    expect([...denseFromSparseRows(rows).data]).toEqual(DENSE);
    expect([...rows.indices]).toEqual([1, 3, 0, 3]);
  });

  it('says how to convert other formats', () => {
    expect(() => parseSparseMatrix(fixtureBytes('coo.npz'), 'a.npz')).toThrow(
      expect.objectContaining({ constructor: DataFormatError, place: { file: 'a.npz', field: 'format' }, advice: expect.stringContaining('tocsr') as string }),
    );
  });

  it('says what a missing file is needed for', async () => {
    await expect(readSparseMatrix('/nowhere/a.npz', 'the training documents')).rejects.toThrow(MissingFileError);
    await expect(readSparseMatrix('/nowhere/a.npz', 'the training documents')).rejects.toThrow('the training documents');
  });

  it.each<[string, string, Record<string, NpzMember | undefined>]>([
    ['data', 'the member is missing', { data: undefined }],
    ['shape', 'the member is missing', { shape: undefined }],
    ['indices', 'holds 3 at position 0', { indices: vector(Int32Array.of(3, 0)) }],
    ['indices', 'holds -1 at position 1', { indices: vector(Int32Array.of(2, -1)) }],
    ['indptr', '2 entries; the shape asks for 3', { indptr: vector(Int32Array.of(0, 2)) }],
    ['indptr', 'falls', { indptr: vector(Int32Array.of(0, 3, 2)) }],
    ['indices', 'indptr ends at 1', { indptr: vector(Int32Array.of(0, 1, 1)) }],
    ['data', 'holds NaN at position 1', { data: vector(Float64Array.of(1, Number.NaN)) }],
    ['data', 'holds Infinity', { data: vector(Float64Array.of(Infinity, 1)) }],
    ['data', 'holds 1e+300', { data: vector(Float64Array.of(1e300, 1)) }],
    ['data', '1 entries; indices has 2', { data: vector(Float64Array.of(1)) }],
    ['shape', 'not that of a matrix', { shape: vector(Int32Array.of(2, 3, 1)) }],
    ['shape', 'not that of a matrix', { shape: vector(Int32Array.of(-2, 3)) }],
    ['shape', 'not that of a matrix', { shape: vector(Float64Array.of(2e12, 3)) }],
    ['indices', 'would inflate', { indices: vector(new Int32Array(10_000)) }],
  ])('names the member %s: %s', (field, problem, replaced) => {
    expect(() => parseSparseMatrix(matrixFile(replaced), 'a.npz')).toThrow(
      expect.objectContaining({ constructor: DataFormatError, place: { file: 'a.npz', field }, message: expect.stringContaining(problem) as string }),
    );
  });

  it('reads back what was written', () => {
    const value = fc.float({ noNaN: true, noDefaultInfinity: true }).filter((number) => number !== 0);
    const row = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 6 }), value), { selector: ([column]) => column });
    fc.assert(fc.property(fc.array(row, { maxLength: 5 }), (entries) => {
      const rows = sparseRowsFromMaps(entries.map((pairs) => new Map(pairs)), 7);
      expect(parseSparseMatrix(writeSparseMatrix(rows), 'a.npz')).toEqual(rows);
    }), { seed: 1 });
  });

  it('writes counts as int64 and other numbers as float32', () => {
    const dtypeOf = (value: number) => new NpzArchive(writeSparseMatrix(sparseRowsFromMaps([new Map([[0, value]])], 1)), 'a.npz').read('data').dtype;
    expect([dtypeOf(3), dtypeOf(0.5)]).toEqual(['<i8', '<f4']);
  });
});
