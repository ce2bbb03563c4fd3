import { z } from 'zod';
import type { Language } from '@xtm/contracts';
import { decodeText, parseJson, readBytes, validateFile } from '../files';
import { SEGMENTER_CHOICES, type SegmenterChoice } from './segmenter';

export const PREPROCESSING_FILE = 'preprocessing.json';

const preprocessingSchema = z.strictObject({
  version: z.literal(1),
  languages: z.array(z.strictObject({
    language: z.strictObject({ code: z.string().min(1), suffix: z.string().min(1) }),
    segmenter: z.enum(SEGMENTER_CHOICES),
    lowerCase: z.boolean(),
    numbers: z.boolean(),
    minWordLength: z.int().min(1),
    stopWords: z.array(z.string()),
  })),
});

/** How texts of one language become words. */
export interface LanguagePreprocessing {
  readonly language: Language;
  readonly segmenter: SegmenterChoice;
  readonly lowerCase: boolean;
  readonly numbers: boolean;
  readonly minWordLength: number;
  /** In alphabetical order. */
  readonly stopWords: readonly string[];
}

/** What turns new texts into words as the training texts were: the content of `preprocessing.json`. */
export interface Preprocessing {
  readonly version: 1;
  /** In the order of the corpus' languages. */
  readonly languages: readonly LanguagePreprocessing[];
}

/** For bags of words that came without their preprocessing: nothing is dropped but what the vocabulary lacks. */
export function defaultPreprocessing(
  languages: readonly Language[],
  segmenter: SegmenterChoice = 'auto',
): Preprocessing {
  return {
    version: 1,
    languages: languages.map((language) => ({
      language,
      segmenter,
      lowerCase: true,
      numbers: true,
      minWordLength: 1,
      stopWords: [],
    })),
  };
}

/**
 * Checks the parsed content of a `preprocessing.json`.
 *
 * @throws DataFormatError
 */
export function parsePreprocessing(value: unknown, file: string): Preprocessing {
  return validateFile(preprocessingSchema, value, { file });
}

/** @throws MissingFileError, DataFormatError */
export async function readPreprocessing(file: string): Promise<Preprocessing> {
  return parsePreprocessing(
    parseJson(decodeText(await readBytes(file, 'preprocessing of new texts'), file), { file }),
    file,
  );
}
