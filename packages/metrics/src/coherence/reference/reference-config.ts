import { access, readFile } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { DataFormatError, MissingFileError } from '@xtm/contracts';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ReferenceFilePair } from './reference-files';

const configSchema = z.object({ parallel_corpus_tuples: z.array(z.tuple([z.string().min(1), z.string().min(1)])).min(1) });

/**
 * Reads the file pairs of a comparable corpus from the public CNPMI tool's configuration: YAML with a list of file
 * pairs under `parallel_corpus_tuples`; other keys are ignored.
 *
 * A relative path is looked for from the working directory, then from the configuration's folder and each folder
 * above it, because the tool's own configurations are written for its root folder.
 *
 * @throws MissingFileError if the configuration or a file it names is not there.
 * @throws DataFormatError if it is no such configuration.
 */
export async function readReferenceConfig(file: string): Promise<ReferenceFilePair[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new MissingFileError(file, 'the list of reference files', { cause: error });
  }
  const pairs = parsePairs(text, file);
  return Promise.all(pairs.map(async ([first, second]) => [await locate(first, file), await locate(second, file)] as const));
}

function parsePairs(text: string, file: string): ReferenceFilePair[] {
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw new DataFormatError(`is not valid YAML: ${(error as Error).message}`, { file }, { cause: error });
  }
  const result = configSchema.safeParse(content);
  if (result.success) return result.data.parallel_corpus_tuples;
  const issue = result.error.issues[0]!;
  throw new DataFormatError(issue.message, { file, field: issue.path.join('.') || 'parallel_corpus_tuples' }, {
    advice: 'Give a list of pairs of file names under parallel_corpus_tuples.',
  });
}

async function locate(name: string, config: string): Promise<string> {
  const folders = isAbsolute(name) ? ['/'] : [process.cwd(), ...foldersAbove(resolve(config))];
  for (const folder of folders) {
    const candidate = resolve(folder, name);
    if (await exists(candidate)) return candidate;
  }
  throw new MissingFileError(name, `the reference corpus that ${config} names`);
}

function foldersAbove(file: string): string[] {
  const folder = dirname(file);
  return folder === file ? [] : [folder, ...foldersAbove(folder)];
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
