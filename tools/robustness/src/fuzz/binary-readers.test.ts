import fc from 'fast-check';
import { DataFormatError } from '@xtm/contracts';
import { parseSparseMatrix, readNpy, readNpz, sparseRowsFromMaps, writeNpy, writeNpz, writeSparseMatrix } from '@xtm/data';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from '@xtm/tensor';
import { npyBytes, npyDictionary } from '../testing/npy-bytes';
import { safetensorsBytes } from '../testing/safetensors-bytes';
import { zipBytes } from '../testing/zip-bytes';
import { allocatedBytes } from './allocated-bytes';
import { damagedFiles } from '../testing/damaged-files';

const RUNS = 1000;
/** What a reader may take for its own small things, whatever the file. */
const ROOM = 4096;

type Read = (bytes: Uint8Array) => unknown;

/** The reader gives a result or a typed error, in less than a second, and takes at most four times the file's size. */
function survives(read: Read, files: fc.Arbitrary<Uint8Array>, numRuns = RUNS): void {
  fc.assert(fc.property(files, (bytes) => {
    const startedAt = performance.now();
    const taken = allocatedBytes(() => {
      try {
        read(bytes);
      } catch (error) {
        if (!(error instanceof DataFormatError)) throw error;
      }
    });
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(taken).toBeLessThanOrEqual(4 * bytes.length + ROOM);
  }), { seed: 12, numRuns });
}

const anything = fc.uint8Array({ maxLength: 300 });
const size = fc.oneof(fc.nat(5), fc.constantFrom(2 ** 16, 2 ** 31, 2 ** 32, 2 ** 53, 1e18));
const dtype = fc.constantFrom('<f4', '>f8', '|b1', '<i8', '<u8', '<f2', '|S0', '|S1', '|S999999999', '<U0', '<U2', '|O', '<c16', '|V8', '<f3', 'x', '');

const headers = fc.record({ dtype, shape: fc.array(size, { maxLength: 6 }), entries: fc.uint8Array({ maxLength: 64 }), version: fc.constantFrom(1, 2, 3) })
  .map(({ dtype: type, shape, entries, version }) => npyBytes(npyDictionary(type, `(${shape.map((extent) => `${extent},`).join(' ')})`), entries, version));

const npyFiles = [
  writeNpy(Float32Array.from({ length: 60 }, (_, i) => i), [3, 4, 5]),
  writeNpy(BigInt64Array.from([1n, -2n, 3n]), [3]),
  npyBytes(npyDictionary('<U2', '(2, 2)'), new Uint8Array(32)),
];

const matrix = sparseRowsFromMaps([new Map([[0, 2], [3, 1]]), new Map(), new Map([[1, 5]])], 4);
const stored = (bytes: Uint8Array): Uint8Array => zipBytes([...readNpz(bytes, 'a.npz')].map(([name]) => ({ name: `${name}.npy`, content: membersOf(matrix)[name]!, stored: true })));

function membersOf({ indptr, indices, values, rows, columns }: typeof matrix): Record<string, Uint8Array> {
  return {
    indices: writeNpy(indices, [indices.length]), indptr: writeNpy(indptr, [indptr.length]), data: writeNpy(values, [values.length]),
    shape: writeNpy(Int32Array.of(rows, columns), [2]), format: npyBytes(npyDictionary('|S3', '()'), Buffer.from('csr')),
  };
}

const tensors = new Map<string, StoredTensor>([
  ['a', { dtype: 'F32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
  ['b', { dtype: 'I64', shape: [2], data: BigInt64Array.of(1n, 2n) }],
]);

const tensorEntries = fc.record({ dtype: fc.constantFrom('F32', 'F64', 'I64', 'U8', 'BF16', 3), shape: fc.oneof(fc.array(size, { maxLength: 4 }), fc.string()), data_offsets: fc.oneof(fc.tuple(size, size), fc.array(fc.integer(), { maxLength: 3 })) });
const tensorHeaders = fc.tuple(fc.oneof(fc.dictionary(fc.string(), fc.oneof(tensorEntries, fc.jsonValue())), fc.jsonValue()), fc.nat(64)).map(([header, bytes]) => safetensorsBytes(header, bytes));

describe('binary readers, whatever the bytes', () => {
  it.each<[string, fc.Arbitrary<Uint8Array>]>([['damaged files', damagedFiles(npyFiles)], ['claims of every kind', headers], ['anything', anything]])('npy: %s', (_, files) => {
    survives((bytes) => {
      const { shape, data } = readNpy(bytes, 'a.npy');
      expect(data.length).toBe(shape.reduce((product, extent) => product * extent, 1));
    }, files);
  });

  it.each<[string, fc.Arbitrary<Uint8Array>]>([
    ['damaged archives', damagedFiles([writeNpz({ a: npyFiles[0]!, b: npyFiles[1]! }), stored(writeSparseMatrix(matrix))])],
    ['anything that ends as archives do', anything.map((bytes) => Buffer.concat([bytes, Buffer.from([0x50, 0x4b, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 46, 0, 0, 0, 0, 0, 0, 0, 0, 0])]))],
  ])('npz: %s', (_, files) => {
    survives((bytes) => readNpz(bytes, 'a.npz'), files);
  });

  it('sparse matrices: damaged files', () => {
    survives((bytes) => {
      const rows = parseSparseMatrix(bytes, 'a.npz');
      expect([rows.indptr.length, rows.indices.length]).toEqual([rows.rows + 1, rows.values.length]);
    }, damagedFiles([writeSparseMatrix(matrix), stored(writeSparseMatrix(matrix))]));
  });

  it('sparse matrices: claims that the members do not keep', () => {
    const numbers = fc.array(fc.oneof(fc.integer({ min: -2, max: 6 }), fc.constantFrom(2 ** 31 - 1, 99_999_999)), { maxLength: 6 }).map((values) => writeNpy(Int32Array.from(values), [values.length]));
    const files = fc.record({ indices: numbers, indptr: numbers, data: numbers, shape: numbers, format: fc.constantFrom('csr', 'csc', 'coo').map((format) => npyBytes(npyDictionary('|S3', '()'), Buffer.from(format))) })
      .map((members) => zipBytes(Object.entries(members).map(([name, content]) => ({ name: `${name}.npy`, content, stored: true }))));
    survives((bytes) => parseSparseMatrix(bytes, 'a.npz'), files);
  });

  it.each<[string, fc.Arbitrary<Uint8Array>]>([['damaged files', damagedFiles([encodeSafetensors(tensors, { epoch: '3' })])], ['claims of every kind', tensorHeaders], ['anything', anything]])('safetensors: %s', (_, files) => {
    survives((bytes) => {
      for (const { shape, data } of decodeSafetensors(bytes, 'a.safetensors').tensors.values()) expect(data.length).toBe(shape.reduce((product, extent) => product * extent, 1));
    }, files);
  });
});

describe('the measure of memory', () => {
  it('notices arrays, copies and what is made from lists, but no views', () => {
    const bytes = new Uint8Array(8);
    expect(allocatedBytes(() => new Float32Array(100))).toBe(400);
    expect(allocatedBytes(() => Int32Array.from([1, 2, 3]))).toBe(12);
    expect(allocatedBytes(() => new DataView(new Uint8Array(bytes.buffer, 2).buffer))).toBe(0);
  });
});
