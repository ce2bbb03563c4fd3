import { DataFormatError, EmptyCorpusError } from '@xtm/contracts';
import { readLines } from '../files/read-lines';

/**
 * Reads a vocabulary: a word a line, each once; a word's line is its column in the bags of words.
 *
 * @throws MissingFileError, DataFormatError, EmptyCorpusError
 */
export async function readVocabulary(file: string): Promise<string[]> {
  const words = (await readLines(file, 'the vocabulary')).map((line) => line.trim());
  if (words.length === 0) throw new EmptyCorpusError(`${file}: the vocabulary has no words`, { advice: 'Write a word a line.' });
  const lineOf = new Map<string, number>();
  words.forEach((word, index) => {
    const line = index + 1;
    if (word === '') throw new DataFormatError('the word is empty', { file, line });
    if (lineOf.has(word)) throw new DataFormatError(`"${word}" is already on line ${lineOf.get(word)}`, { file, line });
    lineOf.set(word, line);
  });
  return words;
}
