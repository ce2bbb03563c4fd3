import fc from 'fast-check';
import { DataFormatError, InvalidOptionError } from '@xtm/contracts';
import { fixtureBytes } from '../testing/fixture';
import { numbersOf, readNpy, type WritableArray, writeNpy, writeNpyText } from './npy';

/** A .npy file with the given header dictionary and entries. */
function npyFile(dictionary: string, entries: readonly number[], version = 1): Uint8Array {
  const header = [...dictionary].map((character) => character.charCodeAt(0));
  const length =
    version === 1 ? [header.length & 0xff, header.length >> 8] : [header.length & 0xff, header.length >> 8, 0, 0];
  return Uint8Array.from([
    0x93,
    ...[...'NUMPY'].map((character) => character.charCodeAt(0)),
    version,
    0,
    ...length,
    ...header,
    ...entries,
  ]);
}

const dictionary = (dtype: string, shape: string, fortran = 'False') =>
  `{'descr': '${dtype}', 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`;

describe('readNpy', () => {
  it.each<[string, number[], number[]]>([
    ['|b1', [1, 0], [1, 0]],
    ['|i1', [0xff, 2], [-1, 2]],
    ['<u2', [1, 2, 0, 0], [513, 0]],
    ['>i2', [0xff, 0xfe, 0, 1], [-2, 1]],
    ['<i4', [0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0], [-1, 1]],
    ['>u4', [0x80, 0, 0, 0, 0, 0, 0, 1], [2147483648, 1]],
    ['<i8', [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 1, 0, 0, 0], [-2, 4294967296]],
    ['>u8', [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 3], [4294967297, 3]],
    ['<f2', [0x00, 0x3c, 0x01, 0x80], [1, -(2 ** -24)]],
    ['>f4', [0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0], [1, -2]],
    ['<f8', [0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f], [1, Infinity]],
  ])('reads %s', (dtype, bytes, expected) => {
    const array = readNpy(npyFile(dictionary(dtype, '(2,)'), bytes), 'a.npy');
    expect([...array.data]).toEqual(expected);
    expect(array.shape).toEqual([2]);
  });

  it('reads what NumPy wrote in Fortran order and the other byte order', () => {
    const array = readNpy(fixtureBytes('fortran-big-endian.npy'), 'a.npy');
    expect(array.shape).toEqual([2, 3]);
    expect([...array.data]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('reads strings, and format version 2', () => {
    expect(readNpy(fixtureBytes('words.npy'), 'a.npy').data).toEqual(['猫', 'dog', '']);
    expect(readNpy(writeNpyText('csr'), 'a.npy')).toMatchObject({ shape: [], data: ['csr'] });
    expect([...readNpy(npyFile(dictionary('|u1', '()'), [7], 2), 'a.npy').data]).toEqual([7]);
  });

  it('reads back what was written', () => {
    const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 });
    fc.assert(fc.property(shapes, fc.integer(), (shape, seed) => {
      const length = shape.reduce((product, size) => product * size, 1);
      const array = Int32Array.from({ length }, (_, index) => Math.imul(index + 1, seed));
      const read = readNpy(writeNpy(array, shape), 'a.npy');
      expect(read.shape).toEqual(shape);
      expect([...read.data]).toEqual([...array]);
    }), { seed: 1 });
  });

  it('keeps special floats through writing and reading', () => {
    const array = Float32Array.of(Number.NaN, Infinity, -Infinity, -0, 1e-45);
    expect(readNpy(writeNpy(array, [5]), 'a.npy').data).toEqual(array);
  });

  it('refuses integers that doubles cannot hold', () => {
    const bytes = writeNpy(BigInt64Array.of(1n, 2n ** 53n), [2]);
    expect(() => readNpy(bytes, 'a.npy')).toThrow('the integer at position 1 is too large');
  });

  it.each<[string, Uint8Array]>([
    ['is not a NumPy array', Uint8Array.of(1, 2, 3)],
    ['version 9', npyFile(dictionary('|u1', '(1,)'), [1], 9)],
    ['cut short', npyFile(dictionary('|u1', '(1,)'), [1]).slice(0, 30)],
    ['complex', npyFile(dictionary('<c8', '(1,)'), [0, 0, 0, 0, 0, 0, 0, 0])],
    ['no plain type', npyFile("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,), }", [0, 0, 0, 0])],
    ['asks for 400000000000', npyFile(dictionary('<f4', '(100000000000,)'), [0, 0, 0, 0])],
    ['asks for 0', npyFile(dictionary('<U0', '(100000000000,)'), [])],
    ['asks for 1', npyFile(dictionary('|u1', '(1,)'), [1, 2])],
    ['lacks order or shape', npyFile("{'descr': '|u1', }", [1])],
  ])('refuses what is no readable array: %s', (problem, bytes) => {
    const message = problem === 'complex' ? 'type <c8' : problem;
    expect(() => readNpy(bytes, 'a.npy')).toThrow(
      expect.objectContaining({ constructor: DataFormatError, message: expect.stringContaining(message) as string }),
    );
  });

  it('answers every change of a byte with the entries or a typed error', () => {
    const bytes = writeNpy(Int32Array.of(1, 2, 3), [3]);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: bytes.length - 13 }),
        fc.integer({ min: 1, max: 255 }),
        (position, change) => {
          const damaged = bytes.slice();
          damaged[position]! ^= change;
          try {
            expect(readNpy(damaged, 'a.npy').data).toHaveLength(3);
          } catch (error) {
            expect(error).toBeInstanceOf(DataFormatError);
          }
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('numbersOf', () => {
  it('refuses strings', () => {
    expect(() => numbersOf(readNpy(writeNpyText('csr'), 'a.npy'), 'a.npy', 'data')).toThrow(
      'a.npy (data): expected numbers, found |S3',
    );
  });
});

describe('writeNpy', () => {
  it('starts the entries at a multiple of 64 bytes', () => {
    const bytes = writeNpy(Uint8Array.of(9), [1]);
    expect(bytes.length % 64).toBe(1);
    expect(bytes[bytes.length - 1]).toBe(9);
  });

  it.each<[string, WritableArray]>([
    ['|i1', new Int8Array(1)],
    ['|u1', Buffer.alloc(1)],
    ['<i2', new Int16Array(1)],
    ['<u2', new Uint16Array(1)],
    ['<u4', new Uint32Array(1)],
    ['<f8', new Float64Array(1)],
    ['<i8', new BigInt64Array(1)],
    ['<u8', new BigUint64Array(1)],
  ])('names the type %s', (dtype, array) => {
    expect(readNpy(writeNpy(array, [1]), 'a.npy').dtype).toBe(dtype);
  });

  it('refuses a shape of another size', () => {
    expect(() => writeNpy(new Int32Array(3), [2, 2])).toThrow(InvalidOptionError);
  });
});
