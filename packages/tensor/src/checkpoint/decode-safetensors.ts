import { DataFormatError } from '@xtm/contracts';
import { LENGTH_BYTES } from './encode-safetensors';
import { ELEMENT_ARRAYS, elementCount, type ElementType, type SafetensorsContent, type StoredTensor } from './stored-tensor';

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
  const entries = Object.entries(header).filter(([name]) => name !== METADATA).map(([name, entry]) => readEntry(name, entry, file));
  requireContiguous(entries, body.length, file);
  const tensors = new Map(entries.map((entry): [string, StoredTensor] => [entry.name, readTensor(entry, body)]));
  return { tensors, metadata };
}

function splitFile(bytes: Uint8Array, file: string): { header: Record<string, unknown>; body: Uint8Array } {
  if (bytes.length < LENGTH_BYTES) throw new DataFormatError('is too short for a safetensors file', { file }, { advice: WRITE_AGAIN });
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(bytes.length - LENGTH_BYTES)) throw new DataFormatError(`header of ${length} bytes exceeds the file`, { file }, { advice: WRITE_AGAIN });
  if (length > MAX_HEADER_BYTES) throw new DataFormatError(`header of ${length} bytes is longer than the format allows`, { file }, { advice: WRITE_AGAIN });
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
  if (typeof dtype !== 'string' || !Object.hasOwn(ELEMENT_ARRAYS, dtype)) return fail(`element type ${String(dtype)} is not supported`);
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
    if (begin !== position) throw new DataFormatError(`data starts at byte ${begin}, expected ${position}`, { file, field: name }, { advice: WRITE_AGAIN });
    if (end > size) throw new DataFormatError(`data ends at byte ${end}, but the file has ${size}`, { file, field: name }, { advice: WRITE_AGAIN });
    position = end;
  }
  if (position !== size) throw new DataFormatError(`has ${size - position} bytes that belong to no tensor`, { file }, { advice: WRITE_AGAIN });
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
