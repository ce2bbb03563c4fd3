import { crc32, deflateRawSync } from 'node:zlib';

/** One member of a zip archive as it is to be written, truly or falsely. */
export interface ZipMember {
  readonly name: string;
  readonly content: Uint8Array;
  readonly stored?: boolean;
  /** What the directory says where it lies. */
  readonly claimedSize?: number;
  readonly method?: number;
  readonly flags?: number;
  readonly checksum?: number;
  /** Place of another member's data, for members that overlap. */
  readonly localOffset?: number;
}

const LOCAL_SIZE = 30;
const ENTRY_SIZE = 46;
const END_SIZE = 22;

/** Bytes of a zip archive; libraries write none that are wrong. */
export function zipBytes(members: readonly ZipMember[]): Uint8Array {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const data = member.stored ? Buffer.from(member.content) : deflateRawSync(member.content, { level: 9 });
    const local = localHeader(member, data.length);
    entries.push(directoryEntry(member, data.length, member.localOffset ?? offset));
    if (member.localOffset !== undefined) continue;
    locals.push(local, data);
    offset += local.length + data.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(END_SIZE);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

function localHeader(member: ZipMember, compressedSize: number): Buffer {
  const name = Buffer.from(member.name);
  const header = Buffer.alloc(LOCAL_SIZE);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  writeFacts(header, 6, member, compressedSize);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function directoryEntry(member: ZipMember, compressedSize: number, localOffset: number): Buffer {
  const name = Buffer.from(member.name);
  const entry = Buffer.alloc(ENTRY_SIZE);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(20, 6);
  writeFacts(entry, 8, member, compressedSize);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt32LE(localOffset, 42);
  return Buffer.concat([entry, name]);
}

/** Flags, method, time, checksum and sizes follow each other in both kinds of header. */
function writeFacts(
  header: Buffer,
  at: number,
  { content, stored, claimedSize, method, flags, checksum }: ZipMember,
  compressedSize: number,
): void {
  header.writeUInt16LE(flags ?? 0, at);
  header.writeUInt16LE(method ?? (stored ? 0 : 8), at + 2);
  header.writeUInt32LE(checksum ?? crc32(content), at + 8);
  header.writeUInt32LE(compressedSize, at + 12);
  header.writeUInt32LE(claimedSize ?? content.length, at + 16);
}
