import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { DataFormatError, InvalidOptionError, MissingFileError, type Topic } from '@xtm/contracts';
import { type NpyArray, NpzArchive } from '@xtm/data';
import type { TopicWords } from './topic-scores';

const wordLists = z.array(z.array(z.string().min(1)).min(1)).min(1);
const jsonSchema = z.union([wordLists, z.looseObject({ topics: wordLists })]);

/**
 * Reads the topics of one language that some tool wrote, by the file's ending:
 *
 * - `.json`: a list of word lists, or an object with such a list under `topics` (OCTIS' model output);
 * - `.npz`: an array of words [topics, words] under `topics` (OCTIS' `save_model_output`);
 * - anything else: a topic per line, words separated by white space (T15 files). Blank lines at the end are ignored.
 *
 * @throws MissingFileError if there is no such file.
 * @throws DataFormatError if it holds no topics, or a topic without words.
 */
export async function readTopicWords(file: string): Promise<TopicWords> {
  const bytes = await read(file);
  if (/\.npz$/i.test(file)) return wordRows(new NpzArchive(bytes, file).read('topics'), file);
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  return /\.json$/i.test(file) ? parseJsonTopics(text, file) : parseLines(text, file);
}

/**
 * Reads a model's topics from one file per language; topic k of one file belongs to topic k of the others.
 *
 * @throws InvalidOptionError if the files hold different numbers of topics.
 * @throws MissingFileError, DataFormatError as {@link readTopicWords} does.
 */
export async function readTopics(files: readonly string[]): Promise<Topic[]> {
  const languages = await Promise.all(files.map(readTopicWords));
  const counts = languages.map((topics) => topics.length);
  if (new Set(counts).size > 1) {
    throw new InvalidOptionError('topics', counts, `the files hold ${counts.join(', ')} topics, not the same number`);
  }
  return Array.from({ length: counts[0] ?? 0 }, (_, index) => ({
    index,
    words: languages.map((topics) => topics[index]!),
  }));
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new MissingFileError(file, 'topics to evaluate', { cause: error });
  }
}

function parseLines(text: string, file: string): TopicWords {
  const lines = text.trimEnd().split(/\r?\n/);
  return lines.map((line, index) => {
    const words = line.split(/\s+/).filter((word) => word !== '');
    if (words.length === 0) throw new DataFormatError('a topic without words', { file, line: index + 1 });
    return words;
  });
}

function parseJsonTopics(text: string, file: string): TopicWords {
  try {
    const topics = jsonSchema.parse(JSON.parse(text));
    return Array.isArray(topics) ? topics : topics.topics;
  } catch (error) {
    throw new DataFormatError('holds no list of word lists, alone or under "topics"', { file }, { cause: error });
  }
}

function wordRows({ dtype, shape, data }: NpyArray, file: string): TopicWords {
  const [rows = 0, columns = 0] = shape;
  if (ArrayBuffer.isView(data) || shape.length !== 2 || rows * columns === 0) {
    throw new DataFormatError(`expected words [topics, words], found ${dtype} [${shape.join(', ')}]`, {
      file,
      field: 'topics',
    });
  }
  const words = data as readonly string[];
  return Array.from({ length: rows }, (_, row) => words.slice(row * columns, (row + 1) * columns));
}
