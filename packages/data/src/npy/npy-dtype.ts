/**
 * Row-major numbers. 64-bit integers are held as doubles (exact up to 2^53), half floats as floats, booleans as bytes.
 */
export type NumberArray =
  | Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** What a .npy file holds; a scalar has an empty shape and one entry. */
export interface NpyArray {
  /** Type as NumPy writes it, for example `<i8`. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Entries in row-major order, whatever the order in the file. */
  readonly data: NumberArray | readonly string[];
}

/** How entries of one NumPy type are read. */
export interface NpyType {
  readonly itemSize: number;
  readonly create: (length: number) => NumberArray | string[];
  readonly read: (view: DataView, offset: number) => number | string;
}

/** The reader of a type descriptor such as `<f4`, `>i8`, `|b1` or `<U3`; `undefined` for types xtm has no use for. */
export function npyType(descriptor: string): NpyType | undefined {
  const match = /^([<>|=]?)([biufSU])(\d{1,9})$/.exec(descriptor);
  if (match === null) return undefined;
  const littleEndian = match[1] !== '>';
  const size = Number(match[3]);
  if (match[2] === 'S') return bytesType(size);
  if (match[2] === 'U') return unicodeType(size, littleEndian);
  return numberType(`${match[2]}${size}`, littleEndian);
}

function numberType(kind: string, littleEndian: boolean): NpyType | undefined {
  switch (kind) {
    case 'b1':
    case 'u1':
      return { itemSize: 1, create: (length) => new Uint8Array(length), read: (view, at) => view.getUint8(at) };
    case 'i1':
      return { itemSize: 1, create: (length) => new Int8Array(length), read: (view, at) => view.getInt8(at) };
    case 'i2':
      return {
        itemSize: 2,
        create: (length) => new Int16Array(length),
        read: (view, at) => view.getInt16(at, littleEndian),
      };
    case 'u2':
      return {
        itemSize: 2,
        create: (length) => new Uint16Array(length),
        read: (view, at) => view.getUint16(at, littleEndian),
      };
    case 'i4':
      return {
        itemSize: 4,
        create: (length) => new Int32Array(length),
        read: (view, at) => view.getInt32(at, littleEndian),
      };
    case 'u4':
      return {
        itemSize: 4,
        create: (length) => new Uint32Array(length),
        read: (view, at) => view.getUint32(at, littleEndian),
      };
    case 'i8':
      return {
        itemSize: 8,
        create: (length) => new Float64Array(length),
        read: (view, at) => readInteger64(view, at, littleEndian, true),
      };
    case 'u8':
      return {
        itemSize: 8,
        create: (length) => new Float64Array(length),
        read: (view, at) => readInteger64(view, at, littleEndian, false),
      };
    case 'f2':
      return {
        itemSize: 2,
        create: (length) => new Float32Array(length),
        read: (view, at) => halfToNumber(view.getUint16(at, littleEndian)),
      };
    case 'f4':
      return {
        itemSize: 4,
        create: (length) => new Float32Array(length),
        read: (view, at) => view.getFloat32(at, littleEndian),
      };
    case 'f8':
      return {
        itemSize: 8,
        create: (length) => new Float64Array(length),
        read: (view, at) => view.getFloat64(at, littleEndian),
      };
    default:
      return undefined;
  }
}

/** NaN stands for an integer that a double cannot hold exactly. */
function readInteger64(view: DataView, offset: number, littleEndian: boolean, signed: boolean): number {
  const highAt = littleEndian ? offset + 4 : offset;
  const low = view.getUint32(littleEndian ? offset : offset + 4, littleEndian);
  const high = signed ? view.getInt32(highAt, littleEndian) : view.getUint32(highAt, littleEndian);
  const value = high * 2 ** 32 + low;
  return Number.isSafeInteger(value) ? value : Number.NaN;
}

/** IEEE 754 binary16. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function bytesType(size: number): NpyType {
  return {
    itemSize: size,
    create: (length) => new Array<string>(length),
    read: (view, at) => {
      const bytes = Buffer.from(view.buffer, view.byteOffset + at, size);
      return bytes.toString('latin1').replace(/\0+$/, '');
    },
  };
}

function unicodeType(length: number, littleEndian: boolean): NpyType {
  return {
    itemSize: 4 * length,
    create: (count) => new Array<string>(count),
    read: (view, at) => {
      let text = '';
      for (let index = 0; index < length; index += 1) {
        const codePoint = view.getUint32(at + 4 * index, littleEndian);
        text += codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : '\ufffd';
      }
      return text.replace(/\0+$/, '');
    },
  };
}
