/** Row-major numbers. 64-bit integers are held as doubles (exact up to 2^53), half floats as floats, booleans as bytes. */
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
