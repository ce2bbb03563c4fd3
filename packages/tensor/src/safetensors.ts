import * as tf from '@tensorflow/tfjs-core';
import { DataFormatError, InvalidOptionError } from '@xtm/contracts';

/** Array type of each element type, by its name in safetensors files. */
const ELEMENT_ARRAYS = {
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
function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

const METADATA = '__metadata__';
/** The format's own limit. */
const MAX_HEADER_BYTES = 100_000_000;
const WRITE_AGAIN = 'Write or fetch the file again: it is damaged or no safetensors file.';

interface Entry {
  readonly name: string;
  readonly dtype: ElementType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads the bytes of a safetensors file. The tensors' arrays are copies.
 *
 * @param file name for error messages
 * @throws DataFormatError if the bytes are not such a file, or tensors overlap, leave gaps or do not fit their shapes
 */
export function decodeSafetensors(bytes: Uint8Array, file: string): SafetensorsContent {
  const { header, body } = splitFile(bytes, file);
  const metadata = readMetadata(header[METADATA], file);
  const entries = Object.entries(header)
    .filter(([name]) => name !== METADATA)
    .map(([name, entry]) => readEntry(name, entry, file));
  requireContiguous(entries, body.length, file);
  const tensors = new Map(entries.map((entry): [string, StoredTensor] => [entry.name, readTensor(entry, body)]));
  return { tensors, metadata };
}

function splitFile(bytes: Uint8Array, file: string): { header: Record<string, unknown>; body: Uint8Array } {
  if (bytes.length < LENGTH_BYTES)
    throw new DataFormatError('is too short for a safetensors file', { file }, { advice: WRITE_AGAIN });
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(bytes.length - LENGTH_BYTES))
    throw new DataFormatError(`header of ${length} bytes exceeds the file`, { file }, { advice: WRITE_AGAIN });
  if (length > MAX_HEADER_BYTES)
    throw new DataFormatError(
      `header of ${length} bytes is longer than the format allows`,
      { file },
      { advice: WRITE_AGAIN },
    );
  const end = LENGTH_BYTES + Number(length);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, end)));
  } catch (cause) {
    throw new DataFormatError('header is not JSON', { file }, { cause, advice: WRITE_AGAIN });
  }
  if (!isRecord(header)) throw new DataFormatError('header is not an object', { file }, { advice: WRITE_AGAIN });
  return { header, body: bytes.subarray(end) };
}

function readMetadata(metadata: unknown, file: string): Record<string, string> {
  if (metadata === undefined) return {};
  const texts = isRecord(metadata) && Object.values(metadata).every((value) => typeof value === 'string');
  if (!texts) throw new DataFormatError('metadata is not text by key', { file, field: METADATA });
  return metadata as Record<string, string>;
}

function readEntry(name: string, entry: unknown, file: string): Entry {
  const fail = (problem: string): never => {
    throw new DataFormatError(problem, { file, field: name }, { advice: WRITE_AGAIN });
  };
  if (!isRecord(entry)) return fail('is not described by an object');
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || !Object.hasOwn(ELEMENT_ARRAYS, dtype))
    return fail(`element type ${String(dtype)} is not supported`);
  if (!isSizes(shape)) return fail('shape is not a list of sizes');
  if (!isSizes(offsets) || offsets.length !== 2) return fail('data_offsets are not two positions');
  const [begin, end] = offsets as [number, number];
  const bytes = elementCount(shape) * ELEMENT_ARRAYS[dtype as ElementType].BYTES_PER_ELEMENT;
  if (end - begin !== bytes) return fail(`data_offsets span ${end - begin} bytes, but the shape needs ${bytes}`);
  return { name, dtype: dtype as ElementType, shape, begin, end };
}

/** The format demands that tensors follow each other without gaps and fill the file. */
function requireContiguous(entries: readonly Entry[], size: number, file: string): void {
  let position = 0;
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== position)
      throw new DataFormatError(
        `data starts at byte ${begin}, expected ${position}`,
        { file, field: name },
        { advice: WRITE_AGAIN },
      );
    if (end > size)
      throw new DataFormatError(
        `data ends at byte ${end}, but the file has ${size}`,
        { file, field: name },
        { advice: WRITE_AGAIN },
      );
    position = end;
  }
  if (position !== size)
    throw new DataFormatError(
      `has ${size - position} bytes that belong to no tensor`,
      { file },
      { advice: WRITE_AGAIN },
    );
}

function readTensor({ dtype, shape, begin, end }: Entry, body: Uint8Array): StoredTensor {
  // A Buffer's own slice would share the file's memory, in which elements may lie anywhere.
  const copy = Uint8Array.prototype.slice.call(body, begin, end);
  return { dtype, shape, data: new ELEMENT_ARRAYS[dtype](copy.buffer, copy.byteOffset, elementCount(shape)) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** Bytes before the header: its length as a 64-bit integer. */
const LENGTH_BYTES = 8;

const ALIGNMENT = 8;

/**
 * Tensors as the bytes of a safetensors file (format: https://huggingface.co/docs/safetensors), readable by PyTorch
 * and NumPy. Tensors are written in the map's order, metadata under `__metadata__`.
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  let offset = 0;
  for (const [name, { dtype, shape, data }] of tensors) {
    if (data.length !== elementCount(shape))
      throw new InvalidOptionError(name, shape, `shape does not hold ${data.length} elements`);
    if (!(data instanceof ELEMENT_ARRAYS[dtype]))
      throw new InvalidOptionError(name, dtype, 'is not the type of its elements');
    header[name] = { dtype, shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(text.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(LENGTH_BYTES + headerBytes + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(' '.charCodeAt(0), LENGTH_BYTES, LENGTH_BYTES + headerBytes);
  bytes.set(text, LENGTH_BYTES);
  let position = LENGTH_BYTES + headerBytes;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return bytes;
}

/** The variables' present values, to be written to a file. */
export function readVariables(variables: ReadonlyMap<string, tf.Variable>): Map<string, StoredTensor> {
  return new Map(
    [...variables].map(([name, variable]) => [
      name,
      { dtype: 'F32', shape: variable.shape, data: variable.dataSync() as Float32Array },
    ]),
  );
}

/**
 * Sets every variable to the stored tensor of its name. Stored tensors that have no variable are left alone. Nothing
 * is changed when one is missing or has another shape.
 *
 * @param file where the tensors came from, for error messages
 * @throws DataFormatError
 */
export function assignVariables(
  variables: ReadonlyMap<string, tf.Variable>,
  stored: ReadonlyMap<string, StoredTensor>,
  file: string,
): void {
  for (const [name, variable] of variables) {
    const tensor = stored.get(name);
    if (tensor === undefined) throw new DataFormatError('is missing', { file, field: name });
    const fits = tensor.dtype === 'F32' && tf.util.arraysEqual([...tensor.shape], variable.shape);
    if (!fits)
      throw new DataFormatError(
        `holds ${tensor.dtype} [${tensor.shape.join(', ')}], expected F32 [${variable.shape.join(', ')}]`,
        { file, field: name },
      );
  }
  tf.tidy(() => {
    for (const [name, variable] of variables)
      variable.assign(tf.tensor(stored.get(name)!.data as Float32Array, variable.shape));
  });
}
