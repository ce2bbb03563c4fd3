import { stat } from 'node:fs/promises';
import { DataFormatError, MissingFileError, type RunOptions } from '@xtm/contracts';
import { Pacing } from '../../pacing';
import { streamLines } from './stream-lines';

/** Two line-aligned files: line i of one is comparable with line i of the other. Words are separated by white space. */
export type ReferenceFilePair = readonly [string, string];

const PURPOSE = 'the reference corpus of CNPMI';

/**
 * Hands over a comparable corpus document pair by document pair, reading each file once.
 *
 * @throws MissingFileError for a file that is not there.
 * @throws DataFormatError where a file ends before its partner, is damaged, or is no UTF-8.
 * @throws AbortedError when stopped.
 */
export async function readDocumentPairs(
  files: readonly ReferenceFilePair[],
  onPair: (documents: readonly [string, string]) => void,
  run: RunOptions = {},
): Promise<void> {
  const sizes = await Promise.all(files.map(async (pair) => (await fileSize(pair[0])) + (await fileSize(pair[1]))));
  const pacing = new Pacing('counting the reference corpus', sizes.reduce((sum, size) => sum + size, 0), run);
  let doneBefore = 0;
  for (const [index, pair] of files.entries()) {
    await readPair(pair, onPair, pacing, doneBefore);
    doneBefore += sizes[index]!;
    await pacing.breathe(doneBefore);
  }
}

async function readPair(files: ReferenceFilePair, onPair: (documents: readonly [string, string]) => void, pacing: Pacing, doneBefore: number): Promise<void> {
  const bytes = [0, 0];
  const [first, second] = files.map((file, side) => streamLines(file, PURPOSE, (read) => (bytes[side] = read)));
  try {
    for (let line = 1; ; line++) {
      const [left, right] = [await first!.next(), await second!.next()];
      if (left.done === true && right.done === true) return;
      if (left.done === true || right.done === true) throw unaligned(files, left.done === true ? 0 : 1, line);
      onPair([left.value, right.value]);
      if (pacing.due) await pacing.breathe(doneBefore + bytes[0]! + bytes[1]!);
    }
  } finally {
    await first!.return(undefined);
    await second!.return(undefined);
  }
}

function unaligned(files: ReferenceFilePair, shorter: 0 | 1, line: number): DataFormatError {
  return new DataFormatError(`ends before its partner ${files[1 - shorter]!}`, { file: files[shorter], line }, {
    advice: 'Give two files with one document a line, line i of one being comparable with line i of the other.',
  });
}

async function fileSize(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw new MissingFileError(file, PURPOSE, { cause: error });
  }
}
