import { crc32, inflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { DataFormatError } from '@xtm/contracts';
import { readNpy, type WritableArray, writeNpy } from './npy';
import type { NpyArray } from './npy-dtype';
import { readZipDirectory, type ZipEntry, zipEntryBytes } from './zip-directory';

const STORED = 0;
const DEFLATED = 8;

/** No member may inflate to more than this many bytes unless the caller says so. */
const MAX_MEMBER_BYTES = 2 ** 31;

/**
 * All members together may inflate to this many bytes, or to so many times the archive's size: sparse matrices reach
 * 20 times.
 */
const FREE_BYTES = 2 ** 26;
const MAX_RATIO = 64;

const DAMAGED = 'Write or fetch the file again: it is damaged.';

/** The arrays of a .npz file, inflated one by one as they are asked for. */
export class NpzArchive {
  private readonly entries: ReadonlyMap<string, ZipEntry>;

  /**
   * @throws DataFormatError if the bytes are no zip archive, a member's name is taken twice or leaves the archive, or
   *   the members would inflate to far more than what an archive of that size holds.
   */
  constructor(private readonly bytes: Uint8Array, private readonly file: string) {
    const entries = readZipDirectory(bytes, file);
    checkNames(entries, file);
    checkSizes(entries, bytes.length, file);
    this.entries = new Map(entries.map((entry) => [entry.name.replace(/\.npy$/, ''), entry]));
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
      throw new DataFormatError(`the member is missing; there are ${this.members.join(', ') || 'none'}`, {
        file: this.file,
        field: member,
      });
    }
    if (entry.size > maxBytes) {
      throw new DataFormatError(`would inflate to ${entry.size} bytes, more than the ${maxBytes} that fit`, {
        file: this.file,
        field: member,
      });
    }
    const inflated = this.inflate(entry, member);
    if (inflated.length !== entry.size || crc32(inflated) !== entry.checksum) {
      throw new DataFormatError(
        'the checksum does not fit: the file is damaged',
        { file: this.file, field: member },
        { advice: DAMAGED },
      );
    }
    return readNpy(inflated, `${this.file}[${member}]`);
  }

  private inflate(entry: ZipEntry, member: string): Uint8Array {
    const stored = zipEntryBytes(this.bytes, entry, this.file);
    if (entry.encrypted)
      throw new DataFormatError(
        'is encrypted',
        { file: this.file, field: member },
        { advice: 'Save it without a password.' },
      );
    if (entry.method === STORED) return stored;
    if (entry.method !== DEFLATED)
      throw new DataFormatError(
        `compression method ${entry.method} is unknown`,
        { file: this.file, field: member },
        { advice: 'Save it in Python: numpy.savez_compressed or numpy.savez.' },
      );
    try {
      return inflateRawSync(stored, { maxOutputLength: Math.max(1, entry.size) });
    } catch (error) {
      throw new DataFormatError(
        'the compressed data is damaged',
        { file: this.file, field: member },
        { cause: error, advice: DAMAGED },
      );
    }
  }
}

function checkNames(entries: readonly ZipEntry[], file: string): void {
  const seen = new Set<string>();
  for (const { name } of entries) {
    const leaves = /^([/\\]|[a-z]:)/i.test(name) || name.includes('\0') || name.split(/[/\\]/).includes('..');
    if (leaves)
      throw new DataFormatError(
        "the member's name leaves the archive",
        { file, field: name },
        { advice: 'The file was made to do harm, or by mistake: do not use it.' },
      );
    if (seen.has(name))
      throw new DataFormatError(
        'two members have this name',
        { file, field: name },
        { advice: 'Save it again, each array under its own name.' },
      );
    seen.add(name);
  }
}

function checkSizes(entries: readonly ZipEntry[], archiveBytes: number, file: string): void {
  const allowed = Math.max(FREE_BYTES, MAX_RATIO * archiveBytes);
  let total = 0;
  for (const { name, size } of entries) {
    total += size;
    if (total <= allowed) continue;
    throw new DataFormatError(
      `would inflate to ${total} bytes, more than the ${allowed} that an archive of its size may`,
      { file, field: name.replace(/\.npy$/, '') },
      {
        advice:
          'If the file is sound, save it without compression: numpy.savez, or scipy.sparse.save_npz(…, ' +
          'compressed=False).',
      },
    );
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

/** Zip's earliest date: the same arrays give the same bytes at any time. */
const FIXED_TIME = '1980-01-01T00:00:00';

/** An array to be written with its shape, or bytes of a .npy file that are ready. */
export type NpzMember = { readonly array: WritableArray; readonly shape: readonly number[] } | Uint8Array;

/** Bytes of a compressed .npz file that `numpy.load` reads. */
export function writeNpz(members: Readonly<Record<string, NpzMember>>): Uint8Array {
  const files = Object.entries(members).map(([name, member]) => [
    `${name}.npy`,
    member instanceof Uint8Array ? member : writeNpy(member.array, member.shape),
  ] as const);
  return zipSync(Object.fromEntries(files), { level: 6, mtime: new Date(FIXED_TIME) });
}
