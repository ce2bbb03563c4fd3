import { DataFormatError } from '@xtm/contracts';

const MAGIC = '\x93NUMPY';
const ALIGNMENT = 64;
/** NumPy writes headers of about a hundred bytes, and reads none above ten thousand. */
const MAX_HEADER_BYTES = 2 ** 16;
/** As many as NumPy has. */
const MAX_AXES = 64;
const SAVE_AGAIN = 'Save it again in Python: numpy.save(file, array).';

export interface NpyHeader {
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
export function parseNpyHeader(bytes: Uint8Array, file: string): NpyHeader {
  const start = latin1(bytes.subarray(0, MAGIC.length));
  if (start !== MAGIC || bytes.length < 10) throw new DataFormatError('is not a NumPy array (.npy)', { file }, { advice: SAVE_AGAIN });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6]!;
  if (version < 1 || version > 3) throw new DataFormatError(`.npy format version ${version} is unknown`, { file }, { advice: SAVE_AGAIN });
  const lengthSize = version === 1 ? 2 : 4;
  const textStart = 8 + lengthSize;
  if (bytes.length < textStart) throw new DataFormatError('the .npy header is cut short', { file });
  const headerBytes = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (headerBytes > MAX_HEADER_BYTES) throw new DataFormatError(`a .npy header of ${headerBytes} bytes is not NumPy's`, { file }, { advice: SAVE_AGAIN });
  const dataOffset = textStart + headerBytes;
  if (dataOffset > bytes.length) throw new DataFormatError('the .npy header is cut short', { file });
  return { ...parseDictionary(latin1(bytes.subarray(textStart, dataOffset)), file), dataOffset };
}

function parseDictionary(text: string, file: string): Omit<NpyHeader, 'dataOffset'> {
  const dtype = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(text)?.[1];
  if (dtype === undefined) throw new DataFormatError('holds records or no plain type, which xtm cannot read', { file, field: 'descr' }, { advice: 'Save its columns one by one, each as an array of numbers.' });
  if (order === undefined || shape === undefined) throw new DataFormatError('the .npy header lacks order or shape', { file });
  const sizes = shape.split(',').map((size) => size.trim()).filter((size) => size !== '').map(Number);
  if (sizes.length > MAX_AXES) throw new DataFormatError(`has ${sizes.length} axes`, { file, field: 'shape' }, { advice: SAVE_AGAIN });
  if (!sizes.every(Number.isSafeInteger)) throw new DataFormatError(`the shape (${shape}) is too large`, { file, field: 'shape' });
  return { dtype, fortranOrder: order === 'True', shape: sizes };
}

/** Header of version 1.0, padded so that the entries start at a multiple of 64 bytes as NumPy aligns them. */
export function formatNpyHeader(dtype: string, shape: readonly number[]): Uint8Array {
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
