import { InvalidOptionError } from '@xtm/contracts';
import { ELEMENT_ARRAYS, elementCount, type StoredTensor } from './stored-tensor';

/** Bytes before the header: its length as a 64-bit integer. */
export const LENGTH_BYTES = 8;

const ALIGNMENT = 8;

/**
 * Tensors as the bytes of a safetensors file (format: https://huggingface.co/docs/safetensors), readable by PyTorch and
 * NumPy. Tensors are written in the map's order, metadata under `__metadata__`.
 */
export function encodeSafetensors(tensors: ReadonlyMap<string, StoredTensor>, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {};
  let offset = 0;
  for (const [name, { dtype, shape, data }] of tensors) {
    if (data.length !== elementCount(shape)) throw new InvalidOptionError(name, shape, `shape does not hold ${data.length} elements`);
    if (!(data instanceof ELEMENT_ARRAYS[dtype])) throw new InvalidOptionError(name, dtype, 'is not the type of its elements');
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
