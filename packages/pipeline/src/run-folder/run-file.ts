import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataFormatError, describeIssue, MissingFileError, RunFolderError, type DenseMatrix } from '@xtm/contracts';
import { numbersOf, readNpy, writeAtomically, writeNpy } from '@xtm/data';
import { z } from 'zod';
import type { HeldFolder } from './folder-lock';

/*
 * How files of a run folder are read and written; for the files beside this one, each of which owns a thing in the
 * folder. Reading takes a path and no lock, writing takes the folder that holds it.
 */

/** The format that this version of xtm writes. A folder that does not say its format is of format 1. */
export const FORMAT_VERSION = 2;

export const CONFIG_FILE = 'config.json';

const versionSchema = z.looseObject({ formatVersion: z.int().positive().default(1) });

/** The format of a folder by the content of its `config.json`; 1 where that says nothing. */
export function formatOf(config: unknown): number {
  return versionSchema.safeParse(config).data?.formatVersion ?? 1;
}

/** Throws `RunFolderError` for a folder of a later format than this version of xtm knows. */
export function refuseNewerFormat(folder: string): void {
  const version = formatOf(parseIfWhole(join(folder, CONFIG_FILE)));
  if (version <= FORMAT_VERSION) return;
  const known = `this one reads up to format ${FORMAT_VERSION}`;
  throw new RunFolderError(folder, `a newer version of xtm wrote it, in format ${version}; ${known}`, {
    advice: 'Update xtm, then run the same command again.',
  });
}

/** What a JSON file holds; undefined where it is missing or damaged, which its own reader says. */
function parseIfWhole(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

export function hasRunFile(folder: string, name: string): boolean {
  return existsSync(join(folder, name));
}

/** Throws `MissingFileError`, and `RunFolderError` for a folder of a newer format. */
export function readRunBytes(folder: string, name: string): Buffer {
  refuseNewerFormat(folder);
  const path = join(folder, name);
  if (!existsSync(path)) {
    const advice = `Is ${folder} a run folder, and has its run finished? The same "xtm run" command finishes it.`;
    throw new MissingFileError(path, 'reading a run', { advice });
  }
  return readFileSync(path);
}

/**
 * The content of a JSON file, checked.
 *
 * @param advice what to do about a file that is not what xtm writes
 * @throws MissingFileError, RunFolderError
 */
export function readRunJson<Schema extends z.ZodType>(
  folder: string,
  name: string,
  schema: Schema,
  advice: string,
): z.output<Schema> {
  const result = schema.safeParse(parseJson(folder, name));
  if (result.success) return result.data;
  const { path, problem } = describeIssue(result.error.issues[0]!);
  const field = path.length === 0 ? '' : `${path.map(String).join('.')}: `;
  throw new RunFolderError(folder, `${name} is not what xtm writes: ${field}${problem}`, {
    cause: result.error,
    advice,
  });
}

function parseJson(folder: string, name: string): unknown {
  const text = readRunBytes(folder, name).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    const advice = `Delete ${join(folder, name)} and run the same "xtm run" command again.`;
    throw new RunFolderError(folder, `${name} is not valid JSON`, { cause, advice });
  }
}

/** Throws `MissingFileError` before the run has finished, `DataFormatError` for what is no matrix. */
export function readRunMatrix(folder: string, name: string): DenseMatrix {
  const file = join(folder, name);
  const array = readNpy(readRunBytes(folder, name), file);
  const [rows, columns, ...more] = array.shape;
  if (rows === undefined || columns === undefined || more.length > 0) {
    throw new DataFormatError(`expected a matrix, found shape (${array.shape.join(', ')})`, { file });
  }
  return { rows, columns, data: Float32Array.from(numbersOf(array, file)) };
}

/** Writes a file whole or not at all. Throws `WriteError`. */
export function writeRunFile({ path }: HeldFolder, name: string, content: Uint8Array | string): void {
  writeAtomically(join(path, name), content);
}

export function writeRunJson(folder: HeldFolder, name: string, value: unknown): void {
  writeRunFile(folder, name, `${JSON.stringify(value, undefined, 2)}\n`);
}

export function writeRunLines(folder: HeldFolder, name: string, lines: readonly string[]): void {
  writeRunFile(folder, name, lines.map((line) => `${line}\n`).join(''));
}

export function writeRunMatrix(folder: HeldFolder, name: string, { rows, columns, data }: DenseMatrix): void {
  writeRunFile(folder, name, writeNpy(data, [rows, columns]));
}
