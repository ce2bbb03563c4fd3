import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type DenseMatrix, type EmbeddingFacts, explainWriteError } from '@xtm/contracts';
import { fromHalf, toHalf } from './half-precision';

const SEGMENT = /^vectors-.*\.bin$/;
const RECORDS_AT_A_TIME = 1_000;

/**
 * Vectors of texts on disk, kept between runs. Each model (by its fingerprint) and precision has a folder, in which
 * every process appends to a file of its own; so processes at the same time, and kills in the middle of a write, do no
 * harm: a record is either whole, as its checksum shows, or ignored.
 */
export class EmbeddingStore {
  private readonly folder: string;
  private readonly record: VectorRecord;
  private readonly segment: string;
  private described = false;
  private pending: Promise<void> = Promise.resolve();

  constructor(
    root: string,
    private readonly facts: EmbeddingFacts,
    private readonly precision: Precision = 'float32',
  ) {
    const identity = createHash('sha256')
      .update(JSON.stringify([facts.fingerprint, facts.dimensions, precision]))
      .digest('hex');
    this.folder = join(root, identity.slice(0, 32));
    this.segment = join(this.folder, `vectors-${randomUUID()}.bin`);
    this.record = new VectorRecord(facts.dimensions, precision);
  }

  /** Copies the vectors that are kept into `out` [texts, dimensions] and returns the indices of the other texts. */
  async fill(texts: readonly string[], out: DenseMatrix): Promise<number[]> {
    const wanted = new Map<string, number[]>();
    texts.forEach((text, index) => {
      const key = keyOf(text);
      wanted.set(key, [...(wanted.get(key) ?? []), index]);
    });
    for (const file of await this.segments()) await this.fillFrom(file, wanted, out);
    return [...wanted.values()].flat().sort((a, b) => a - b);
  }

  /**
   * Keeps the vectors [texts, dimensions] of the texts; when the promise resolves, they are on disk. Throws
   * `WriteError`.
   */
  async append(texts: readonly string[], vectors: DenseMatrix): Promise<void> {
    const { columns, data } = vectors;
    const bytes = Buffer.concat(
      texts.map((text, row) => this.record.encode(keyOf(text), data.subarray(row * columns, (row + 1) * columns))),
    );
    const write = this.pending.then(() => this.write(bytes)).catch((error: unknown) => {
      throw explainWriteError(this.folder, error);
    });
    this.pending = write.catch(() => undefined);
    await write;
  }

  private async write(bytes: Buffer): Promise<void> {
    if (!this.described) await this.describe();
    const handle = await open(this.segment, 'a');
    try {
      await appendWhole(handle, bytes);
    } finally {
      await handle.close();
    }
  }

  private async describe(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const { name, dimensions, fingerprint } = this.facts;
    await writeFile(
      join(this.folder, 'about.json'),
      `${JSON.stringify({ name, dimensions, fingerprint, precision: this.precision }, undefined, 2)}\n`,
    );
    this.described = true;
  }

  private async segments(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.filter((name) => SEGMENT.test(name)).sort().map((name) => join(this.folder, name));
  }

  private async fillFrom(file: string, wanted: Map<string, number[]>, out: DenseMatrix): Promise<void> {
    const { bytes } = this.record;
    const handle = await open(file);
    try {
      const chunk = Buffer.alloc(RECORDS_AT_A_TIME * bytes);
      for (let position = 0; wanted.size > 0;) {
        const { bytesRead } = await handle.read(chunk, 0, chunk.length, position);
        const whole = Math.floor(bytesRead / bytes);
        if (whole === 0) return;
        for (let i = 0; i < whole; i++) this.take(chunk.subarray(i * bytes, (i + 1) * bytes), wanted, out);
        position += whole * bytes;
      }
    } finally {
      await handle.close();
    }
  }

  private take(record: Buffer, wanted: Map<string, number[]>, out: DenseMatrix): void {
    const key = this.record.keyOf(record);
    const rows = key === undefined ? undefined : wanted.get(key);
    if (key === undefined || rows === undefined) return;
    for (const row of rows) this.record.decode(record, out.data.subarray(row * out.columns, (row + 1) * out.columns));
    wanted.delete(key);
  }
}

/** Where that fails, the file stays as it was: a part of a record would displace all that follow. */
async function appendWhole(handle: FileHandle, bytes: Buffer): Promise<void> {
  const { size } = await handle.stat();
  try {
    await handle.appendFile(bytes);
    await handle.datasync();
  } catch (error) {
    await handle.truncate(size);
    throw error;
  }
}

function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** How vectors are kept: half precision takes half the space and keeps three digits. */
export type Precision = 'float32' | 'float16';

const KEY_BYTES = 16;
const CHECKSUM_BYTES = 4;

/** Layout of one record of the store: the text's key, the vector (little endian), the CRC-32 of both. */
class VectorRecord {
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
