import fc from 'fast-check';
import { DataFormatError } from '@xtm/contracts';
import { fixtureBytes } from '../testing/fixture';
import { NpzArchive, readNpz, writeNpz } from './npz';

const small = () =>
  writeNpz({ a: { array: Int32Array.of(1, 2, 3), shape: [3] }, b: { array: Float64Array.of(0.5), shape: [1, 1] } });

/** Offset of the first central directory entry, whose fields the tests change. */
function directoryOffset(bytes: Uint8Array): number {
  return Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
}

function withUint32(bytes: Uint8Array, offset: number, value: number): Uint8Array {
  const changed = bytes.slice();
  new DataView(changed.buffer).setUint32(offset, value, true);
  return changed;
}

describe('readNpz', () => {
  it('reads back what was written, by name', () => {
    const arrays = readNpz(small(), 'a.npz');
    expect([...arrays.keys()]).toEqual(['a', 'b']);
    expect(arrays.get('a')).toMatchObject({ shape: [3], data: Int32Array.of(1, 2, 3) });
    expect(arrays.get('b')).toMatchObject({ shape: [1, 1], data: Float64Array.of(0.5) });
  });

  it('reads members that are stored without compression, and local zip64 fields, as NumPy writes them', () => {
    expect(readNpz(fixtureBytes('csr-int8-stored.npz'), 'a.npz').get('data')).toMatchObject({ dtype: '|i1' });
  });

  it('gives the same bytes at any time', () => {
    expect(small()).toEqual(small());
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['text', new TextEncoder().encode('no archive at all, only a text')],
    ['the first half', small().slice(0, 200)],
  ])('refuses %s', (_, bytes) => {
    expect(() => readNpz(bytes, 'a.npz')).toThrow(
      new DataFormatError('is not a zip archive, which .npz files are', { file: 'a.npz' }),
    );
  });

  it('answers every change of a byte with the same arrays or a typed error', () => {
    const bytes = small();
    const sound = readNpz(bytes, 'a.npz');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (position, change) => {
          const damaged = bytes.slice();
          damaged[position]! ^= change;
          try {
            const archive = new NpzArchive(damaged, 'a.npz');
            for (const [name, array] of sound) expect(archive.read(name)).toEqual(array);
          } catch (error) {
            expect(error).toBeInstanceOf(DataFormatError);
          }
        },
      ),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('answers every cut with a typed error', () => {
    const bytes = small();
    fc.assert(fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
      expect(() => readNpz(bytes.slice(0, length), 'a.npz')).toThrow(DataFormatError);
    }), { seed: 1 });
  });
});

describe('NpzArchive', () => {
  it('names a missing member and those that are there', () => {
    expect(() => new NpzArchive(small(), 'a.npz').read('c')).toThrow(
      'a.npz (c): the member is missing; there are a, b',
    );
  });

  it('refuses a member beyond the limit before inflating it', () => {
    const bytes = small();
    const bomb = withUint32(bytes, directoryOffset(bytes) + 24, 0xfffffffe);
    expect(() => new NpzArchive(bomb, 'a.npz').read('a')).toThrow('would inflate to 4294967294 bytes');
    expect(() => new NpzArchive(bytes, 'a.npz').read('a', 100)).toThrow('more than the 100 that fit');
  });

  it('stops inflating where a member is larger than it says', () => {
    const bytes = writeNpz({ a: { array: new Float64Array(100_000), shape: [100_000] } });
    const bomb = withUint32(bytes, directoryOffset(bytes) + 24, 1000);
    expect(() => new NpzArchive(bomb, 'a.npz').read('a')).toThrow('(a): the compressed data is damaged');
  });

  it('refuses encryption and unknown compression', () => {
    const bytes = small();
    const offset = directoryOffset(bytes);
    const encrypted = bytes.slice();
    encrypted[offset + 8]! |= 1;
    expect(() => new NpzArchive(encrypted, 'a.npz').read('a')).toThrow('is encrypted');
    const bzip2 = bytes.slice();
    bzip2[offset + 10] = 12;
    expect(() => new NpzArchive(bzip2, 'a.npz').read('a')).toThrow('compression method 12');
  });
});
