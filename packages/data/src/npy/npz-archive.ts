import { crc32, inflateRawSync } from 'node:zlib';
import { DataFormatError } from '@xtm/contracts';
import type { NpyArray } from './npy-array';
import { readNpy } from './read-npy';
import { readZipDirectory, zipEntryBytes, type ZipEntry } from './zip-directory';

const STORED = 0;
const DEFLATED = 8;

/** No member may inflate to more than this many bytes unless the caller says so. */
export const MAX_MEMBER_BYTES = 2 ** 31;

/** The arrays of a .npz file, inflated one by one as they are asked for. */
export class NpzArchive {
  private readonly entries: ReadonlyMap<string, ZipEntry>;

  /** @throws DataFormatError if the bytes are no zip archive. */
  constructor(private readonly bytes: Uint8Array, private readonly file: string) {
    this.entries = new Map(readZipDirectory(bytes, file).map((entry) => [entry.name.replace(/\.npy$/, ''), entry]));
  }

  get members(): string[] {
    return [...this.entries.keys()];
  }

  /**
   * @param maxBytes Refuses a member that inflates to more, before it is inflated (2 GiB by default).
   * @throws DataFormatError if the member is missing, damaged or too large.
   */
  read(member: string, maxBytes = MAX_MEMBER_BYTES): NpyArray {
    const entry = this.entries.get(member);
    if (entry === undefined) {
      throw new DataFormatError(`the member is missing; there are ${this.members.join(', ') || 'none'}`, { file: this.file, field: member });
    }
    if (entry.size > maxBytes) {
      throw new DataFormatError(`would inflate to ${entry.size} bytes, more than the ${maxBytes} that fit`, { file: this.file, field: member });
    }
    const inflated = this.inflate(entry, member);
    if (inflated.length !== entry.size || crc32(inflated) !== entry.checksum) {
      throw new DataFormatError('the checksum does not fit: the file is damaged', { file: this.file, field: member });
    }
    return readNpy(inflated, `${this.file}[${member}]`);
  }

  private inflate(entry: ZipEntry, member: string): Uint8Array {
    const stored = zipEntryBytes(this.bytes, entry, this.file);
    if (entry.encrypted) throw new DataFormatError('is encrypted', { file: this.file, field: member });
    if (entry.method === STORED) return stored;
    if (entry.method !== DEFLATED) throw new DataFormatError(`compression method ${entry.method} is unknown`, { file: this.file, field: member });
    try {
      return inflateRawSync(stored, { maxOutputLength: Math.max(1, entry.size) });
    } catch (error) {
      throw new DataFormatError('the compressed data is damaged', { file: this.file, field: member }, { cause: error });
    }
  }
}

/**
 * Every array of a .npz file by name.
 *
 * @param file Named in errors.
 * @throws DataFormatError if the file or a member is damaged.
 */
export function readNpz(bytes: Uint8Array, file: string): Map<string, NpyArray> {
  const archive = new NpzArchive(bytes, file);
  return new Map(archive.members.map((member) => [member, archive.read(member)]));
}
