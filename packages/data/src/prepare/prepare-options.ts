import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { Language } from '@xtm/contracts';
import { type DocumentSource, documentSourceSchema } from '../documents/document-source';
import { type DocumentTexts, documentTextsSchema } from '../documents/document-texts';
import { decodeText, parseJson, readBytes, validateFile } from '../files';
import { type VocabularyOptions, vocabularySchema } from '../words/build-vocabulary';
import { STOP_WORD_LISTS, type StopWordList } from '../words/stop-words';
import { type TokenizerOptions, tokenizerSchema } from '../words/tokenizer';

const stopWordChoice = z.union(
  [z.enum(STOP_WORD_LISTS), z.boolean().transform((use): StopWordList => (use ? 'moderate' : 'none'))],
  { error: `must be one of ${STOP_WORD_LISTS.join(', ')}, true or false` },
);

const stopWordChoices = z.union([stopWordChoice, z.record(z.string(), stopWordChoice)], {
  error: `must be one of ${STOP_WORD_LISTS.join(', ')}, true or false, or one of these by language code`,
});

/** A source is texts where it has some, and a file otherwise: what is wrong with it is told of that one alone. */
const anySourceSchema = z.unknown().transform((value, context): DocumentSource | DocumentTexts => {
  const schema =
    typeof value === 'object' && value !== null && 'texts' in value ? documentTextsSchema : documentSourceSchema;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const { code: _code, ...issue } of parsed.error.issues) context.addIssue({ ...issue, code: 'custom' });
  return z.NEVER;
});

const { minDocumentFrequency, maxDocumentFrequency, vocabularySize, keepWords } = vocabularySchema.shape;

/** What {@link PrepareOptions} may be; `meta` of a field has its description, for help and JSON Schema. */
export const prepareSchema = z.strictObject({
  name: z.string().min(1).meta({ description: 'name of the dataset', placeholder: 'name' }),
  description: z.string().optional().describe('one line on what the documents are'),
  languages: z
    .array(z.strictObject({ code: z.string().min(1), suffix: z.string().min(1).optional() }))
    .min(2)
    .describe('BCP-47 codes in order, with the suffix of file names where that differs'),
  documents: z.array(anySourceSchema).min(1).describe('where the texts are'),
  dictionary: z.string().min(1).optional().meta({
    description: 'translation pairs "word2 word1", one per line',
    placeholder: 'file',
  }),
  labels: z.record(z.string(), z.string()).optional().describe('what to show for each label value'),
  preset: z.string().min(1).optional().describe('name of the settings that suit the corpus'),
  ...tokenizerSchema.shape,
  segmenter: tokenizerSchema.shape.segmenter.describe('what cuts texts into words'),
  stopWords: stopWordChoices.default('moderate').describe('standard stop words to drop'),
  stopWordFiles: z.record(z.string(), z.string()).default({}).describe('further stop words: a file per language'),
  keepWords: keepWords.describe('words never dropped as stop words or as too common: room,hotel'),
  minDocumentFrequency: minDocumentFrequency.describe('documents that a word must occur in'),
  maxDocumentFrequency: maxDocumentFrequency.unwrap().optional().meta({
    description: 'documents that a word may occur in',
    defaultText: '0.9; 0.5 without stop words',
    placeholder: 'share',
  }),
  vocabularySize: vocabularySize.describe('words per language at most'),
  testFraction: z.number().min(0).lt(1).default(0.2).meta({
    description: 'share of documents held out',
    placeholder: 'share',
  }),
  seed: z.int().min(0).default(0).describe('seed of the split'),
});

/** The same in a file, where texts are named and not there. */
export const prepareFileSchema = prepareSchema.extend({
  documents: z.array(documentSourceSchema).min(1).describe('where the texts are'),
});

/** A list of stop words by name; true for `moderate`, false for `none`. */
export type StopWordChoice = StopWordList | boolean;

/** How raw texts become a corpus; with files as documents also the content of a corpus file such as `corpus.json`. */
export interface PrepareOptions extends TokenizerOptions, VocabularyOptions {
  readonly name: string;
  /** One line on what the documents are, for prompts and reports. */
  readonly description?: string;
  /** In order; a suffix for file names where it is not the code itself. */
  readonly languages: readonly (Pick<Language, 'code'> & Partial<Language>)[];
  /** Files, or texts in memory. */
  readonly documents: readonly (DocumentSource | DocumentTexts)[];
  /** One pair per line, the second language's word first. */
  readonly dictionary?: string;
  /** What to show for each label value. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Name of the settings that suit the corpus. */
  readonly preset?: string;
  /**
   * Which standard stop words are dropped: for all languages, or by language code or suffix, `moderate` for those that
   * are not named. True means `moderate`, false `none`. `moderate` by default.
   */
  readonly stopWords?: StopWordChoice | Readonly<Record<string, StopWordChoice>>;
  /** Further stop words: a file by language code or suffix. */
  readonly stopWordFiles?: Readonly<Record<string, string>>;
  /** Words of any of the languages that are never dropped as stop words or as too common; none by default. */
  readonly keepWords?: readonly string[];
  /**
   * Largest share of documents that a word may occur in, in (0, 1]; by default 0.9 where stop words are in use, else
   * 0.5.
   */
  readonly maxDocumentFrequency?: number;
  /** Share of each language's documents held out for tests, unless a column says which; 0.2 by default. */
  readonly testFraction?: number;
  /** Of the split; 0 by default. */
  readonly seed?: number;
}

/** {@link PrepareOptions} whose documents are files. */
export interface PrepareFileOptions extends PrepareOptions {
  readonly documents: readonly DocumentSource[];
}

/** {@link PrepareOptions} with every default in place. */
export type ResolvedPrepareOptions = z.output<typeof prepareSchema>;

/**
 * Reads {@link PrepareOptions} from a JSON file; paths in it are relative to it.
 *
 * @throws MissingFileError, DataFormatError
 */
export async function readPrepareOptions(file: string): Promise<PrepareFileOptions> {
  return parsePrepareOptions(
    parseJson(decodeText(await readBytes(file, 'how to prepare the corpus'), file), { file }),
    file,
  );
}

/**
 * {@link PrepareOptions} from a file that was read already, of whatever format; paths in it are relative to the file.
 *
 * @param value what the file holds
 * @throws DataFormatError
 */
export function parsePrepareOptions(value: unknown, file: string): PrepareFileOptions {
  const options = validateFile(prepareFileSchema, value, { file });
  const absolute = (path: string) => resolve(dirname(file), path);
  return {
    ...options,
    documents: options.documents.map((source) => ({ ...source, path: absolute(source.path) })),
    ...(options.dictionary !== undefined && { dictionary: absolute(options.dictionary) }),
    stopWordFiles: Object.fromEntries(
      Object.entries(options.stopWordFiles).map(([language, path]) => [language, absolute(path)]),
    ),
  };
}
