import { join } from 'node:path';
import type { Language } from '@xtm/contracts';
import { readPreprocessing, readVocabulary, type Preprocessing } from '@xtm/data';
import { hasRunFile, refuseNewerFormat, writeRunJson, writeRunLines } from './run-file';
import type { RunFolder } from './run-folder';

const PREPROCESSING = 'preprocessing.json';

/**
 * The words of one language, from `vocabulary_LANG.txt`; a word's position is its column.
 *
 * @throws MissingFileError before the run has finished, DataFormatError
 */
export async function readRunVocabulary(folder: string, language: Language): Promise<readonly string[]> {
  refuseNewerFormat(folder);
  return readVocabulary(join(folder, vocabularyFile(language)));
}

/** Writes `vocabulary_LANG.txt`, a word per line. */
export function writeRunVocabulary(folder: RunFolder, language: Language, words: readonly string[]): void {
  writeRunLines(folder, vocabularyFile(language), words);
}

/** Whether a run knows how its texts became bags of words. */
export function hasRunPreprocessing(folder: string): boolean {
  return hasRunFile(folder, PREPROCESSING);
}

/**
 * How new texts become bags of words over a run's vocabularies, from its `preprocessing.json`.
 *
 * @throws MissingFileError, DataFormatError
 */
export async function readRunPreprocessing(folder: string): Promise<Preprocessing> {
  refuseNewerFormat(folder);
  return readPreprocessing(join(folder, PREPROCESSING));
}

/** Writes `preprocessing.json`. */
export function writeRunPreprocessing(folder: RunFolder, preprocessing: Preprocessing): void {
  writeRunJson(folder, PREPROCESSING, preprocessing);
}

function vocabularyFile({ suffix }: Language): string {
  return `vocabulary_${suffix}.txt`;
}
