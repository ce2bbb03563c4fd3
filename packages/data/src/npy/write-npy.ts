import { InvalidOptionError } from '@xtm/contracts';
import { formatNpyHeader } from './npy-header';

/** What can be written: BigInt64Array gives int64. */
export type WritableArray =
  | Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array
  | BigInt64Array | BigUint64Array;

const TYPES: readonly (readonly [name: string, dtype: string])[] = [
  ['Int8Array', '|i1'], ['Uint8Array', '|u1'], ['Int16Array', '<i2'], ['Uint16Array', '<u2'], ['Int32Array', '<i4'], ['Uint32Array', '<u4'],
  ['Float32Array', '<f4'], ['Float64Array', '<f8'], ['BigInt64Array', '<i8'], ['BigUint64Array', '<u8'],
];

/**
 * Bytes of a .npy file (format 1.0, little endian, row-major).
 *
 * @param shape Sizes of the axes, slowest first; their product is the array's length.
 */
export function writeNpy(array: WritableArray, shape: readonly number[]): Uint8Array {
  const length = shape.reduce((product, size) => product * size, 1);
  if (length !== array.length) throw new InvalidOptionError('shape', shape, `does not fit an array of ${array.length} entries`);
  const dtype = TYPES.find(([name]) => name === array[Symbol.toStringTag])![1];
  return concatenate(formatNpyHeader(dtype, shape), new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
}

/** Bytes of a .npy file with one ASCII string and no axes, as SciPy stores the format of a sparse matrix. */
export function writeNpyText(text: string): Uint8Array {
  return concatenate(formatNpyHeader(`|S${text.length}`, []), new TextEncoder().encode(text));
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
