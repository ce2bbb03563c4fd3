import { DataFormatError } from '@xtm/contracts';

const END_SIGNATURE = 0x06054b50;
const END_SIZE = 22;
const ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
const ZIP64_LOCATOR_SIZE = 20;
const ZIP64_END_SIGNATURE = 0x06064b50;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_SIZE = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_SIZE = 30;
const ZIP64_EXTRA = 1;
const MAX_COMMENT = 0xffff;
const FETCH_AGAIN = 'Write or fetch the file again: it is not whole.';

/** One member of a zip archive as the central directory describes it. */
export interface ZipEntry {
  readonly name: string;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly checksum: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly localOffset: number;
}

/**
 * Reads the central directory of a zip archive, zip64 included. It is read here, and not by a zip library, because
 * sizes and checksums must be known before anything is inflated, and the libraries at hand check neither.
 *
 * @throws DataFormatError if the bytes are no zip archive.
 */
export function readZipDirectory(bytes: Uint8Array, file: string): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readEntries(view, locateDirectory(view, file), file);
  } catch (error) {
    if (error instanceof DataFormatError) throw error;
    throw new DataFormatError('the zip directory is damaged', { file }, { cause: error, advice: FETCH_AGAIN });
  }
}

/** The member's bytes as stored, still compressed. */
export function zipEntryBytes(bytes: Uint8Array, entry: ZipEntry, file: string): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offset = entry.localOffset;
  if (offset + LOCAL_SIZE > bytes.length || view.getUint32(offset, true) !== LOCAL_SIGNATURE) {
    throw new DataFormatError(
      'the zip member is not where the directory says',
      { file, field: entry.name },
      { advice: FETCH_AGAIN },
    );
  }
  const start = offset + LOCAL_SIZE + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + entry.compressedSize > bytes.length)
    throw new DataFormatError('the zip member is cut short', { file, field: entry.name }, { advice: FETCH_AGAIN });
  return bytes.subarray(start, start + entry.compressedSize);
}

interface DirectoryPlace {
  readonly offset: number;
  readonly count: number;
}

function locateDirectory(view: DataView, file: string): DirectoryPlace {
  const lowest = Math.max(0, view.byteLength - END_SIZE - MAX_COMMENT);
  for (let end = view.byteLength - END_SIZE; end >= lowest; end -= 1) {
    if (view.getUint32(end, true) !== END_SIGNATURE) continue;
    const locator = end - ZIP64_LOCATOR_SIZE;
    if (locator >= 0 && view.getUint32(locator, true) === ZIP64_LOCATOR_SIGNATURE)
      return readZip64End(view, locator, file);
    return { count: view.getUint16(end + 10, true), offset: view.getUint32(end + 16, true) };
  }
  throw new DataFormatError('is not a zip archive, which .npz files are', { file }, { advice: FETCH_AGAIN });
}

function readZip64End(view: DataView, locator: number, file: string): DirectoryPlace {
  const end = readUint64(view, locator + 8);
  if (view.getUint32(end, true) !== ZIP64_END_SIGNATURE)
    throw new DataFormatError('the zip64 directory is damaged', { file }, { advice: FETCH_AGAIN });
  return { count: readUint64(view, end + 32), offset: readUint64(view, end + 48) };
}

function readEntries(view: DataView, place: DirectoryPlace, file: string): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let offset = place.offset;
  for (let index = 0; index < place.count; index += 1) {
    if (view.getUint32(offset, true) !== ENTRY_SIGNATURE)
      throw new DataFormatError('the zip directory is damaged', { file }, { advice: FETCH_AGAIN });
    entries.push(readEntry(view, offset));
    offset +=
      ENTRY_SIZE +
      view.getUint16(offset + 28, true) +
      view.getUint16(offset + 30, true) +
      view.getUint16(offset + 32, true);
  }
  return entries;
}

function readEntry(view: DataView, offset: number): ZipEntry {
  const nameLength = view.getUint16(offset + 28, true);
  const name = new TextDecoder().decode(
    new Uint8Array(view.buffer, view.byteOffset + offset + ENTRY_SIZE, nameLength),
  );
  const sizes = [
    view.getUint32(offset + 24, true),
    view.getUint32(offset + 20, true),
    view.getUint32(offset + 42, true),
  ];
  const extraStart = offset + ENTRY_SIZE + nameLength;
  const [size, compressedSize, localOffset] = widenSizes(
    view,
    sizes,
    extraStart,
    extraStart + view.getUint16(offset + 30, true),
  );
  return {
    name,
    method: view.getUint16(offset + 10, true),
    encrypted: (view.getUint16(offset + 8, true) & 1) === 1,
    checksum: view.getUint32(offset + 16, true),
    size: size!,
    compressedSize: compressedSize!,
    localOffset: localOffset!,
  };
}

/** Replaces sizes that do not fit 32 bits by those of the zip64 extra field, which come in the same order. */
function widenSizes(view: DataView, sizes: readonly number[], extraStart: number, extraEnd: number): number[] {
  let offset = extraStart;
  while (offset + 4 <= extraEnd && view.getUint16(offset, true) !== ZIP64_EXTRA)
    offset += 4 + view.getUint16(offset + 2, true);
  let next = offset + 4;
  return sizes.map((size) => {
    if (size !== 0xffffffff) return size;
    next += 8;
    return readUint64(view, next - 8);
  });
}

function readUint64(view: DataView, offset: number): number {
  return view.getUint32(offset + 4, true) * 2 ** 32 + view.getUint32(offset, true);
}
