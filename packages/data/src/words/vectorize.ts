import { AbortedError, type RunOptions, type SparseRows } from '@xtm/contracts';
import { sparseRowsFromMaps } from '@xtm/numeric';
import type { LanguagePreprocessing } from './preprocessing';
import { createTokenizer } from './tokenizer';

/** Documents between two looks at the abort signal. */
const DOCUMENTS_A_STRETCH = 500;

/** The words of a text that count: cut, brought to their form, stop words dropped. */
export type WordsOf = (text: string) => string[];

/**
 * Loads what cuts texts into words as a preprocessing says.
 *
 * @throws InvalidOptionError if the segmenter is not installed.
 */
export async function createWordsOf({ language, stopWords, ...settings }: LanguagePreprocessing): Promise<WordsOf> {
  const tokenizer = await createTokenizer(language.code, settings);
  const dropped = new Set(stopWords);
  return (text) => tokenizer.words(text).filter((word) => !dropped.has(word));
}

/**
 * Cuts texts into words.
 *
 * @returns Words of each text, in order.
 * @throws AbortedError if the signal says so.
 */
export async function tokenizeTexts(
  texts: readonly string[],
  wordsOf: WordsOf,
  options: RunOptions = {},
): Promise<string[][]> {
  const documents: string[][] = [];
  for (const text of texts) {
    documents.push(wordsOf(text));
    if (documents.length % DOCUMENTS_A_STRETCH === 0) await pause(documents.length, texts.length, options);
  }
  return documents;
}

/** Lets other work run, so that an abort can arrive. */
async function pause(done: number, total: number, { signal, onProgress }: RunOptions): Promise<void> {
  onProgress?.({ stage: 'tokenize', done, total });
  await new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted === true) throw new AbortedError('cutting texts into words', { cause: signal.reason });
}

/** Bags of words [documents, vocabulary]; words outside the vocabulary are left out. */
export function countWords(documents: readonly (readonly string[])[], vocabulary: readonly string[]): SparseRows {
  const columnOf = new Map(vocabulary.map((word, column) => [word, column]));
  const rows = documents.map((words) => {
    const counts = new Map<number, number>();
    for (const word of words) {
      const column = columnOf.get(word);
      if (column !== undefined) counts.set(column, (counts.get(column) ?? 0) + 1);
    }
    return counts;
  });
  return sparseRowsFromMaps(rows, vocabulary.length);
}

/**
 * Turns new texts of one language into bags of words as the training texts were.
 *
 * @param vocabulary Of the model.
 * @returns [texts, vocabulary]; a text without any known word gives an empty row.
 * @throws InvalidOptionError if the segmenter is not installed; AbortedError.
 */
export async function vectorize(
  texts: readonly string[],
  preprocessing: LanguagePreprocessing,
  vocabulary: readonly string[],
  options: RunOptions = {},
): Promise<SparseRows> {
  return countWords(await tokenizeTexts(texts, await createWordsOf(preprocessing), options), vocabulary);
}
