/** Bytes of a safetensors file with this header and so many zero bytes of data. */
export function safetensorsBytes(header: unknown, dataBytes: number): Uint8Array {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(dataBytes)]);
}
