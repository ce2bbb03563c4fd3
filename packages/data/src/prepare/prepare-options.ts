import { dirname, resolve } from 'node:path';
import type { Language } from '@xtm/contracts';
import { z } from 'zod';
import { type DocumentSource, documentSourceSchema } from '../documents/document-source';
import { decodeText } from '../files/decode-text';
import { readBytes } from '../files/read-bytes';
import { parseJson, validateFile } from '../validation';
import { type VocabularyOptions, vocabularySchema } from '../words/build-vocabulary';
import { type TokenizerOptions, tokenizerSchema } from '../words/tokenizer';

export const prepareSchema = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  languages: z.array(z.strictObject({ code: z.string().min(1), suffix: z.string().min(1).optional() })).min(2),
  documents: z.array(documentSourceSchema).min(1),
  dictionary: z.string().min(1).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  preset: z.string().min(1).optional(),
  ...tokenizerSchema.shape,
  stopWords: z.boolean().default(true),
  stopWordFiles: z.record(z.string(), z.string()).default({}),
  ...vocabularySchema.shape,
  testFraction: z.number().min(0).lt(1).default(0.2),
  seed: z.int().min(0).default(0),
});

/** How raw texts become a corpus; also the content of a corpus file such as `corpus.json`. */
export interface PrepareOptions extends TokenizerOptions, VocabularyOptions {
  readonly name: string;
  /** One line on what the documents are, for prompts and reports. */
  readonly description?: string;
  /** In order; a suffix for file names where it is not the code itself. */
  readonly languages: readonly (Pick<Language, 'code'> & Partial<Language>)[];
  readonly documents: readonly DocumentSource[];
  /** One pair a line, the second language's word first. */
  readonly dictionary?: string;
  /** What to show for each label value. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Name of the settings that suit the corpus. */
  readonly preset?: string;
  /** Whether the standard stop words of each language are dropped; true by default. */
  readonly stopWords?: boolean;
  /** Further stop words: a file by language code or suffix. */
  readonly stopWordFiles?: Readonly<Record<string, string>>;
  /** Share of each language's documents held out for tests, unless a column says which; 0.2 by default. */
  readonly testFraction?: number;
  /** Of the split; 0 by default. */
  readonly seed?: number;
}

/** {@link PrepareOptions} with every default in place. */
export type ResolvedPrepareOptions = z.output<typeof prepareSchema>;

/**
 * Reads {@link PrepareOptions} from a JSON file; paths in it are relative to it.
 *
 * @throws MissingFileError, DataFormatError
 */
export async function readPrepareOptions(file: string): Promise<PrepareOptions> {
  return parsePrepareOptions(parseJson(decodeText(await readBytes(file, 'how to prepare the corpus'), file), { file }), file);
}

/**
 * {@link PrepareOptions} from a file that was read already, of whatever format; paths in it are relative to the file.
 *
 * @param value what the file holds
 * @throws DataFormatError
 */
export function parsePrepareOptions(value: unknown, file: string): PrepareOptions {
  const options = validateFile(prepareSchema, value, { file });
  const absolute = (path: string) => resolve(dirname(file), path);
  return {
    ...options,
    documents: options.documents.map((source) => ({ ...source, path: absolute(source.path) })),
    ...(options.dictionary !== undefined && { dictionary: absolute(options.dictionary) }),
    stopWordFiles: Object.fromEntries(Object.entries(options.stopWordFiles).map(([language, path]) => [language, absolute(path)])),
  };
}
