import { join } from 'node:path';
import { DataFormatError, InvalidOptionError, type Language } from '@xtm/contracts';
import { z } from 'zod';
import { decodeText } from '../files/decode-text';
import { exists, readBytes } from '../files/read-bytes';
import { parseJson, validateFile } from '../validation';
import { SEGMENTER_CHOICES, type SegmenterChoice } from '../words/segmenter';
import { toLanguage } from './parse-languages';

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
    throw new DataFormatError(`"${code}" is not a BCP-47 language code`, { file, field: `languages.${index}.code` }, { cause: error });
  }
}
