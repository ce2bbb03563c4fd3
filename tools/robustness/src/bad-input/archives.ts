import { DataFormatError } from '@xtm/contracts';
import { parseSparseMatrix, readNpz, writeNpy, writeNpz, type NpzMember } from '@xtm/data';
import { zipBytes, type ZipMember } from '../testing/zip-bytes';
import { npyBytes, npyDictionary } from '../testing/npy-bytes';
import type { BadCase, BadInputs } from './bad-case';

const ARRAY = writeNpy(Int32Array.of(1, 2, 3), [3]);
const SOUND = writeNpz({ a: ARRAY });
const ZEROS = new Uint8Array(2 ** 20);

function npz(input: string, bytes: Uint8Array, says: string, field?: string): BadCase {
  return { input, read: () => readNpz(bytes, 'a.npz'), error: DataFormatError, says, file: 'a.npz', field };
}

function member(fields: Partial<ZipMember>): Uint8Array {
  return zipBytes([{ name: 'a.npy', content: ARRAY, ...fields }]);
}

export const archives: BadInputs = {
  reader: 'npz',
  cases: [
    npz('nothing', new Uint8Array(0), 'is not a zip archive'),
    npz('a text', Buffer.from('no archive at all, only a text'), 'is not a zip archive'),
    npz('the first half of an archive', SOUND.slice(0, SOUND.length >> 1), 'is not a zip archive'),
    npz('an archive whose beginning is missing', SOUND.slice(40), 'damaged'),
    npz('a zip bomb that says so', member({ claimedSize: 0xfffffffe }), 'would inflate to 4294967294 bytes', 'a'),
    npz(
      'a zip bomb that says less',
      zipBytes([{ name: 'a.npy', content: ZEROS, claimedSize: 1000 }]),
      'is damaged',
      'a',
    ),
    npz(
      'many bombs in one',
      zipBytes([
        { name: '0.npy', content: ZEROS },
        ...Array.from({ length: 99 }, (_, i) => ({ name: `${i + 1}.npy`, content: ZEROS, localOffset: 0 })),
      ]),
      'would inflate',
    ),
    npz(
      'a name that leaves the archive',
      member({ name: '../../etc/cron.d/a.npy' }),
      'leaves the archive',
      '../../etc/cron.d/a.npy',
    ),
    npz('an absolute name', member({ name: '/etc/passwd' }), 'leaves the archive', '/etc/passwd'),
    npz('a name with a drive', member({ name: 'C:\\a.npy' }), 'leaves the archive', 'C:\\a.npy'),
    npz(
      'a name that leaves the archive the other way',
      member({ name: 'a\\..\\..\\b.npy' }),
      'leaves the archive',
      'a\\..\\..\\b.npy',
    ),
    npz(
      'a name that occurs twice',
      zipBytes([
        { name: 'a.npy', content: ARRAY },
        { name: 'a.npy', content: ZEROS },
      ]),
      'two members',
      'a.npy',
    ),
    npz('a password', member({ flags: 1 }), 'is encrypted', 'a'),
    npz('another compression', member({ method: 12 }), 'compression method 12', 'a'),
    npz('a wrong checksum', member({ checksum: 1 }), 'checksum', 'a'),
    npz('a member that is no array', member({ content: Buffer.from('text') }), 'is not a NumPy array'),
    npz('a member beyond the end', member({ localOffset: 10_000_000 }), 'not where the directory says', 'a.npy'),
  ],
};

const vector = (array: Int32Array | Float64Array): NpzMember => ({ array, shape: [array.length] });

/** The 2 × 3 matrix with the entries (0, 2) = 1 and (1, 0) = 4, some members replaced. */
function matrix(replaced: Record<string, NpzMember>): Uint8Array {
  return writeNpz({
    indices: vector(Int32Array.of(2, 0)),
    indptr: vector(Int32Array.of(0, 1, 2)),
    format: npyBytes(npyDictionary('|S3', '()'), Buffer.from('csr')),
    shape: vector(Int32Array.of(2, 3)),
    data: vector(Float64Array.of(1, 4)),
    ...replaced,
  });
}

function sparse(input: string, replaced: Record<string, NpzMember>, says: string, field: string): BadCase {
  return {
    input,
    read: () => parseSparseMatrix(matrix(replaced), 'a.npz'),
    error: DataFormatError,
    says,
    file: 'a.npz',
    field,
  };
}

export const sparseMatrices: BadInputs = {
  reader: 'sparse matrix',
  cases: [
    {
      input: 'an archive of something else',
      read: () => parseSparseMatrix(SOUND, 'a.npz'),
      error: DataFormatError,
      says: 'there are a',
      file: 'a.npz',
      field: 'shape',
    },
    sparse(
      'coordinates',
      { format: npyBytes(npyDictionary('|S3', '()'), Buffer.from('coo')) },
      'coo format',
      'format',
    ),
    sparse('a negative size', { shape: vector(Int32Array.of(-2, 3)) }, 'not that of a matrix', 'shape'),
    sparse('three sizes', { shape: vector(Int32Array.of(2, 3, 1)) }, 'not that of a matrix', 'shape'),
    sparse('rows without end', { shape: vector(Float64Array.of(1e12, 3)) }, 'not that of a matrix', 'shape'),
    sparse(
      'columns that no file of its size fills',
      { shape: vector(Int32Array.of(2, 99_999_999)) },
      'larger than a file',
      'shape',
    ),
    sparse('too few rows', { indptr: vector(Int32Array.of(0, 2)) }, 'the shape asks for 3', 'indptr'),
    sparse('rows that end before they begin', { indptr: vector(Int32Array.of(0, 3, 2)) }, 'falls', 'indptr'),
    sparse('a column outside the shape', { indices: vector(Int32Array.of(3, 0)) }, 'holds 3 at position 0', 'indices'),
    sparse('more columns than counts', { data: vector(Float64Array.of(1)) }, 'indices has 2', 'data'),
    sparse(
      'a count that is no number',
      { data: vector(Float64Array.of(1, Number.NaN)) },
      'holds NaN at position 1',
      'data',
    ),
    sparse('a count beyond single precision', { data: vector(Float64Array.of(1e300, 1)) }, 'holds 1e+300', 'data'),
    sparse(
      'words for counts',
      { data: npyBytes(npyDictionary('|S1', '(2,)'), Buffer.from('ab')) },
      'expected numbers',
      'data',
    ),
  ],
};
