/** Array type of each element type, by its name in safetensors files. */
export const ELEMENT_ARRAYS = {
  F32: Float32Array,
  F64: Float64Array,
  I32: Int32Array,
  I64: BigInt64Array,
  U32: Uint32Array,
  U8: Uint8Array,
} as const;

export type ElementType = keyof typeof ELEMENT_ARRAYS;

/** A tensor outside any backend: row-major elements of the array type that belongs to `dtype`. */
export interface StoredTensor {
  readonly dtype: ElementType;
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array | BigInt64Array | Uint32Array | Uint8Array;
}

/** What a safetensors file holds. */
export interface SafetensorsContent {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Free text by key; empty when the file has none. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Number of elements of a shape. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
