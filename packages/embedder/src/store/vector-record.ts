import { crc32 } from 'node:zlib';
import { fromHalf, toHalf } from './half-precision';

/** How vectors are kept: half precision takes half the space and keeps three digits. */
export type Precision = 'float32' | 'float16';

const KEY_BYTES = 16;
const CHECKSUM_BYTES = 4;

/** Layout of one record of the store: the text's key, the vector (little endian), the CRC-32 of both. */
export class VectorRecord {
  readonly bytes: number;
  private readonly numberBytes: number;

  constructor(private readonly dimensions: number, private readonly precision: Precision) {
    this.numberBytes = precision === 'float32' ? 4 : 2;
    this.bytes = KEY_BYTES + dimensions * this.numberBytes + CHECKSUM_BYTES;
  }

  /** `key` is hexadecimal. */
  encode(key: string, vector: Float32Array): Buffer {
    const record = Buffer.alloc(this.bytes);
    record.write(key, 'hex');
    vector.forEach((value, i) => {
      const at = KEY_BYTES + i * this.numberBytes;
      if (this.precision === 'float32') record.writeFloatLE(value, at);
      else record.writeUInt16LE(toHalf(value), at);
    });
    record.writeUInt32LE(crc32(record.subarray(0, -CHECKSUM_BYTES)), this.bytes - CHECKSUM_BYTES);
    return record;
  }

  /** The record's key, or `undefined` if the record is damaged. */
  keyOf(record: Buffer): string | undefined {
    const intact = crc32(record.subarray(0, -CHECKSUM_BYTES)) === record.readUInt32LE(this.bytes - CHECKSUM_BYTES);
    return intact ? record.toString('hex', 0, KEY_BYTES) : undefined;
  }

  decode(record: Buffer, out: Float32Array): void {
    for (let i = 0; i < this.dimensions; i++) {
      const at = KEY_BYTES + i * this.numberBytes;
      out[i] = this.precision === 'float32' ? record.readFloatLE(at) : fromHalf(record.readUInt16LE(at));
    }
  }
}
