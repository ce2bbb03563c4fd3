import { DataFormatError } from '@xtm/contracts';
import type { NpyArray, NumberArray } from './npy-array';
import { npyType } from './npy-dtype';
import { parseNpyHeader } from './npy-header';

/** Texts are for names and topics' words; held as strings, short ones take many times the space that they have in the file. */
const MAX_TEXT_BYTES = 2 ** 22;

/**
 * Reads a NumPy array: booleans, integers of 8 to 64 bits, floats of 16 to 64 bits, and strings; either byte
 * order; C or Fortran order (the result is always row-major). What the header claims is held against the file's size
 * before memory is taken.
 *
 * @param file Named in errors.
 * @throws DataFormatError if the bytes are no such array, or an integer lies beyond ±2^53.
 */
export function readNpy(bytes: Uint8Array, file: string): NpyArray {
  const header = parseNpyHeader(bytes, file);
  const type = npyType(header.dtype);
  if (type === undefined) throw new DataFormatError(`arrays of type ${header.dtype} cannot be read`, { file, field: 'descr' }, { advice: "Convert it in Python: array.astype('float32')." });
  const length = header.shape.reduce((product, size) => product * size, 1);
  const expected = length * type.itemSize;
  const present = bytes.length - header.dataOffset;
  if (expected !== present || (type.itemSize === 0 && length > bytes.length)) {
    throw new DataFormatError(`holds ${present} bytes of entries; shape (${header.shape.join(', ')}) of ${header.dtype} asks for ${expected}`, { file }, { advice: 'Write or fetch the file again: it is not whole.' });
  }
  if (/[SU]/.test(header.dtype) && present > MAX_TEXT_BYTES) throw new DataFormatError(`holds ${present} bytes of text, more than the ${MAX_TEXT_BYTES} that are read`, { file, field: 'descr' }, { advice: 'Write texts as a text file, one a line.' });
  const view = new DataView(bytes.buffer, bytes.byteOffset + header.dataOffset, present);
  const data = type.create(length);
  const sourceOf = header.fortranOrder ? fortranPositions(header.shape) : (position: number) => position;
  for (let position = 0; position < length; position += 1) data[position] = type.read(view, sourceOf(position) * type.itemSize);
  if (/[iu]8$/.test(header.dtype)) refuseInexact(data as Float64Array, file);
  return { dtype: header.dtype, shape: header.shape, data };
}

/** The entries of a numeric array. */
export function numbersOf(array: NpyArray, file: string, field?: string): NumberArray {
  if (ArrayBuffer.isView(array.data)) return array.data;
  throw new DataFormatError(`expected numbers, found ${array.dtype}`, field === undefined ? { file } : { file, field });
}

function refuseInexact(data: Float64Array, file: string): void {
  const position = data.findIndex(Number.isNaN);
  if (position >= 0) throw new DataFormatError(`the integer at position ${position} is too large to be held exactly`, { file }, { advice: 'Integers may reach 2^53.' });
}

/** Maps a row-major position to the position in column-major storage. */
function fortranPositions(shape: readonly number[]): (position: number) => number {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  return (position) => {
    let rest = position;
    let target = 0;
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      target += (rest % shape[axis]!) * strides[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    return target;
  };
}
