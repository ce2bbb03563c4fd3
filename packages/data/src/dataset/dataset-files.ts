import { join } from 'node:path';
import { z } from 'zod';
import {
  DataFormatError,
  type DocumentMetadata,
  type DocumentSet,
  EmptyCorpusError,
  InvalidOptionError,
  type Language,
} from '@xtm/contracts';
import { decodeText, exists, parseJson, readBytes, readLines, validateFile } from '../files';
import { SEGMENTER_CHOICES, type SegmenterChoice } from '../words/segmenter';
import { toLanguage } from './languages';

export const DESCRIPTOR_FILE = 'dataset.json';

const languageSchema = z.strictObject({ code: z.string().min(1), suffix: z.string().min(1).optional() });

const descriptorSchema = z.strictObject({
  name: z.string().min(1).optional(),
  description: z.string().optional(),
  languages: z.array(languageSchema).min(2).optional(),
  dictionary: z.string().min(1).optional(),
  segmenter: z.enum(SEGMENTER_CHOICES).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  preset: z.string().min(1).optional(),
});

/** What `dataset.json` says about a benchmark folder; everything may be left out. */
export interface DatasetDescriptor {
  readonly name?: string;
  /** One line on what the documents are, for prompts and reports. */
  readonly description?: string;
  readonly languages?: readonly Language[];
  /** Dictionary file, absolute or relative to the folder. */
  readonly dictionary?: string;
  /** How new raw texts are cut into words: `auto` unless it says otherwise. */
  readonly segmenter?: SegmenterChoice;
  /** What to show for each label value, for example `{"0": "negative"}`. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Name of the settings that suit this data set. */
  readonly preset?: string;
}

/**
 * Reads `dataset.json`; a folder without it gives an empty descriptor.
 *
 * @throws DataFormatError for broken JSON, unknown keys and values of the wrong type.
 */
export async function readDatasetDescriptor(folder: string): Promise<DatasetDescriptor> {
  const file = join(folder, DESCRIPTOR_FILE);
  if (!(await exists(file))) return {};
  const text = decodeText(await readBytes(file, 'the data set'), file);
  const { languages, ...rest } = validateFile(descriptorSchema, parseJson(text, { file }), { file });
  if (languages === undefined) return rest;
  return { ...rest, languages: languages.map((language, index) => languageOf(language, index, file)) };
}

function languageOf({ code, suffix }: z.output<typeof languageSchema>, index: number, file: string): Language {
  try {
    return toLanguage(code, suffix);
  } catch (error) {
    if (!(error instanceof InvalidOptionError)) throw error;
    throw new DataFormatError(
      `"${code}" is not a BCP-47 language code`,
      { file, field: `languages.${index}.code` },
      { cause: error },
    );
  }
}

/**
 * Reads a vocabulary: one word per line, each once; a word's line is its column in the bags of words.
 *
 * @throws MissingFileError, DataFormatError, EmptyCorpusError
 */
export async function readVocabulary(file: string): Promise<string[]> {
  const words = (await readLines(file, 'the vocabulary')).map((line) => line.trim());
  if (words.length === 0)
    throw new EmptyCorpusError(`${file}: the vocabulary has no words`, { advice: 'Write one word per line.' });
  const lineOf = new Map<string, number>();
  words.forEach((word, index) => {
    const line = index + 1;
    if (word === '') throw new DataFormatError('the word is empty', { file, line });
    if (lineOf.has(word))
      throw new DataFormatError(`"${word}" is already on line ${lineOf.get(word)}`, { file, line });
    lineOf.set(word, line);
  });
  return words;
}

const recordSchema = z.strictObject({
  id: z.string().optional(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});

/** Ids and metadata of documents, one entry per document. */
interface DocumentRecords {
  /** Absent where any document has none. */
  readonly ids?: readonly string[];
  readonly metadata: readonly DocumentMetadata[];
}

/**
 * Reads `train_documents_LANG.jsonl`: a line `{"id": …, "metadata": {…}}` per document, either of them as there is.
 */
export async function readDocumentRecords(file: string): Promise<DocumentRecords> {
  const lines = await readLines(file, 'ids and metadata of documents');
  const records = lines.map((line, index) => {
    const place = { file, line: index + 1 };
    return validateFile(recordSchema, parseJson(line, place), place);
  });
  const ids = records.flatMap(({ id }) => (id === undefined ? [] : [id]));
  return { ...(ids.length === records.length && { ids }), metadata: records.map(({ metadata }) => metadata ?? {}) };
}

/**
 * The lines of that file; `undefined` if the documents have neither ids nor metadata. Documents get no ids that they
 * did not come with: the same id in two languages says that they are the same document.
 */
export function formatDocumentRecords({ rows, ids, metadata }: DocumentSet): string[] | undefined {
  if (ids === undefined && metadata === undefined) return undefined;
  return Array.from({ length: rows.rows }, (_, index) => {
    return JSON.stringify({ id: ids?.[index], metadata: metadata?.[index] });
  });
}
