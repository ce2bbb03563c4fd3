import { DataFormatError, InvalidOptionError } from '@xtm/contracts';
import { type NpyArray, npyType, type NumberArray } from './npy-dtype';

/**
 * Texts are for names and topics' words; held as strings, short ones take many times the space that they have in the
 * file.
 */
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
  if (type === undefined)
    throw new DataFormatError(
      `arrays of type ${header.dtype} cannot be read`,
      { file, field: 'descr' },
      { advice: "Convert it in Python: array.astype('float32')." },
    );
  const length = header.shape.reduce((product, size) => product * size, 1);
  const expected = length * type.itemSize;
  const present = bytes.length - header.dataOffset;
  if (expected !== present || (type.itemSize === 0 && length > bytes.length)) {
    throw new DataFormatError(
      `holds ${present} bytes of entries; shape (${header.shape.join(', ')}) of ${header.dtype} asks for ${expected}`,
      { file },
      { advice: 'Write or fetch the file again: it is not whole.' },
    );
  }
  if (/[SU]/.test(header.dtype) && present > MAX_TEXT_BYTES)
    throw new DataFormatError(
      `holds ${present} bytes of text, more than the ${MAX_TEXT_BYTES} that are read`,
      { file, field: 'descr' },
      { advice: 'Write texts as a text file, one per line.' },
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset + header.dataOffset, present);
  const data = type.create(length);
  const sourceOf = header.fortranOrder ? fortranPositions(header.shape) : (position: number) => position;
  for (let position = 0; position < length; position += 1)
    data[position] = type.read(view, sourceOf(position) * type.itemSize);
  if (/[iu]8$/.test(header.dtype)) refuseInexact(data as Float64Array, file);
  return { dtype: header.dtype, shape: header.shape, data };
}

/** The entries of a numeric array. */
export function numbersOf(array: NpyArray, file: string, field?: string): NumberArray {
  if (ArrayBuffer.isView(array.data)) return array.data;
  throw new DataFormatError(
    `expected numbers, found ${array.dtype}`,
    field === undefined ? { file } : { file, field },
  );
}

function refuseInexact(data: Float64Array, file: string): void {
  const position = data.findIndex(Number.isNaN);
  if (position >= 0)
    throw new DataFormatError(
      `the integer at position ${position} is too large to be held exactly`,
      { file },
      { advice: 'Integers may reach 2^53.' },
    );
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

const MAGIC = '\x93NUMPY';
const ALIGNMENT = 64;
/** NumPy writes headers of about a hundred bytes, and reads none above ten thousand. */
const MAX_HEADER_BYTES = 2 ** 16;
/** As many as NumPy has. */
const MAX_AXES = 64;
const SAVE_AGAIN = 'Save it again in Python: numpy.save(file, array).';

interface NpyHeader {
  readonly dtype: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the entries start. */
  readonly dataOffset: number;
}

/**
 * Parses the header of the .npy format, versions 1 to 3
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 *
 * @throws DataFormatError for anything else.
 */
function parseNpyHeader(bytes: Uint8Array, file: string): NpyHeader {
  const start = latin1(bytes.subarray(0, MAGIC.length));
  if (start !== MAGIC || bytes.length < 10)
    throw new DataFormatError('is not a NumPy array (.npy)', { file }, { advice: SAVE_AGAIN });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6]!;
  if (version < 1 || version > 3)
    throw new DataFormatError(`.npy format version ${version} is unknown`, { file }, { advice: SAVE_AGAIN });
  const lengthSize = version === 1 ? 2 : 4;
  const textStart = 8 + lengthSize;
  if (bytes.length < textStart) throw new DataFormatError('the .npy header is cut short', { file });
  const headerBytes = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (headerBytes > MAX_HEADER_BYTES)
    throw new DataFormatError(
      `a .npy header of ${headerBytes} bytes is not NumPy's`,
      { file },
      { advice: SAVE_AGAIN },
    );
  const dataOffset = textStart + headerBytes;
  if (dataOffset > bytes.length) throw new DataFormatError('the .npy header is cut short', { file });
  return { ...parseDictionary(latin1(bytes.subarray(textStart, dataOffset)), file), dataOffset };
}

function parseDictionary(text: string, file: string): Omit<NpyHeader, 'dataOffset'> {
  const dtype = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(text)?.[1];
  if (dtype === undefined)
    throw new DataFormatError(
      'holds records or no plain type, which xtm cannot read',
      { file, field: 'descr' },
      { advice: 'Save its columns one by one, each as an array of numbers.' },
    );
  if (order === undefined || shape === undefined)
    throw new DataFormatError('the .npy header lacks order or shape', { file });
  const sizes = shape.split(',').map((size) => size.trim()).filter((size) => size !== '').map(Number);
  if (sizes.length > MAX_AXES)
    throw new DataFormatError(`has ${sizes.length} axes`, { file, field: 'shape' }, { advice: SAVE_AGAIN });
  if (!sizes.every(Number.isSafeInteger))
    throw new DataFormatError(`the shape (${shape}) is too large`, { file, field: 'shape' });
  return { dtype, fortranOrder: order === 'True', shape: sizes };
}

/** Header of version 1.0, padded so that the entries start at a multiple of 64 bytes as NumPy aligns them. */
function formatNpyHeader(dtype: string, shape: readonly number[]): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '${dtype}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const unpadded = MAGIC.length + 4 + dictionary.length + 1;
  const total = Math.ceil(unpadded / ALIGNMENT) * ALIGNMENT;
  const text = `${dictionary}${' '.repeat(total - unpadded)}\n`;
  const header = new Uint8Array(total);
  header.set([...MAGIC].map((character) => character.charCodeAt(0)));
  header.set([1, 0, text.length & 0xff, text.length >> 8], MAGIC.length);
  header.set(new TextEncoder().encode(text), MAGIC.length + 4);
  return header;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** What can be written: BigInt64Array gives int64. */
export type WritableArray =
  | Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array
  | BigInt64Array | BigUint64Array;

const TYPES: readonly (readonly [name: string, dtype: string])[] = [
  ['Int8Array', '|i1'],
  ['Uint8Array', '|u1'],
  ['Int16Array', '<i2'],
  ['Uint16Array', '<u2'],
  ['Int32Array', '<i4'],
  ['Uint32Array', '<u4'],
  ['Float32Array', '<f4'],
  ['Float64Array', '<f8'],
  ['BigInt64Array', '<i8'],
  ['BigUint64Array', '<u8'],
];

/**
 * Bytes of a .npy file (format 1.0, little endian, row-major).
 *
 * @param shape Sizes of the axes, slowest first; their product is the array's length.
 */
export function writeNpy(array: WritableArray, shape: readonly number[]): Uint8Array {
  const length = shape.reduce((product, size) => product * size, 1);
  if (length !== array.length)
    throw new InvalidOptionError('shape', shape, `does not fit an array of ${array.length} entries`);
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
