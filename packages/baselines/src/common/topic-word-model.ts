import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  DataFormatError,
  type DenseMatrix,
  type DocumentTopics,
  type Language,
  MissingFileError,
  type RunOptions,
  type SparseRows,
  type Topic,
  type TopicModel,
} from '@xtm/contracts';
import { type NumberArray, numbersOf, readNpy, readVocabulary, type WritableArray, writeNpy } from '@xtm/data';
import { topK } from '@xtm/numeric';
import { foldIn } from './fold-in';

/** What a fitted model is, beside its methods. */
export interface TopicWordFacts {
  readonly name: string;
  readonly languages: readonly Language[];
  readonly vocabularies: readonly (readonly string[])[];
  /** [topics, vocabulary], one per language; rows sum to 1. */
  readonly topicWord: readonly DenseMatrix[];
  /** Pseudo-count of each topic in a document, for folding in. */
  readonly documentPrior: number;
}

/** A fitted model that is known by its topic-word probabilities; documents are folded in under them. */
export class TopicWordModel implements TopicModel {
  readonly name: string;
  readonly languages: readonly Language[];
  readonly vocabularies: readonly (readonly string[])[];
  readonly topicWord: readonly DenseMatrix[];
  readonly documentPrior: number;

  constructor(facts: TopicWordFacts) {
    this.name = facts.name;
    this.languages = facts.languages;
    this.vocabularies = facts.vocabularies;
    this.topicWord = facts.topicWord;
    this.documentPrior = facts.documentPrior;
  }

  get numTopics(): number {
    return this.topicWord[0]!.rows;
  }

  topics(topWords = 15): Topic[] {
    return Array.from({ length: this.numTopics }, (_, index) => ({
      index,
      words: this.topicWord.map((matrix, language) => {
        const row = matrix.data.subarray(index * matrix.columns, (index + 1) * matrix.columns);
        return Array.from(topK(row, topWords).indices, (word) => this.vocabularies[language]![word]!);
      }),
    }));
  }

  async transform(rows: SparseRows, languageIndex: number, runOptions: RunOptions = {}): Promise<DocumentTopics> {
    const { documentPrior } = this;
    return { proportions: await foldIn(rows, this.topicWord[languageIndex]!, { documentPrior }, runOptions) };
  }

  async save(folder: string): Promise<void> {
    await writeModelFolder(folder, this);
  }

  dispose(): void {
    // Nothing is held outside the JavaScript heap.
  }
}

const factsSchema = z.strictObject({
  name: z.string(),
  documentPrior: z.number().nonnegative(),
  languages: z.array(z.strictObject({ code: z.string(), suffix: z.string() })).min(1),
});

/**
 * Writes what every fitted baseline has: `model.json`, and per language `vocabulary_SUFFIX.txt` (one word per line) and
 * `topicWord_SUFFIX.npy` ([topics, vocabulary], float32).
 */
async function writeModelFolder(
  folder: string,
  { name, documentPrior, languages, vocabularies, topicWord }: TopicWordFacts,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeJson(join(folder, 'model.json'), { name, documentPrior, languages });
  for (const [index, { suffix }] of languages.entries()) {
    const { data, rows, columns } = topicWord[index]!;
    await writeFile(
      join(folder, `vocabulary_${suffix}.txt`),
      vocabularies[index]!.map((word) => `${word}\n`).join(''),
    );
    await writeNumbers(join(folder, `topicWord_${suffix}.npy`), data, [rows, columns]);
  }
}

/** Reads what `writeModelFolder` wrote. Throws `MissingFileError`, or `DataFormatError` if another method wrote it. */
export async function readModelFolder(folder: string, name: string): Promise<TopicWordFacts> {
  const file = join(folder, 'model.json');
  const facts = await readJson(file, factsSchema);
  if (facts.name !== name)
    throw new DataFormatError(`holds a model of ${facts.name}, not of ${name}`, { file, field: 'name' });
  const vocabularies: string[][] = [];
  const topicWord: DenseMatrix[] = [];
  for (const language of facts.languages) {
    const vocabulary = await readVocabulary(join(folder, `vocabulary_${language.suffix}.txt`));
    vocabularies.push(vocabulary);
    topicWord.push(await readTopicWord(folder, language, vocabulary.length));
  }
  return { ...facts, vocabularies, topicWord };
}

async function readTopicWord(folder: string, { suffix }: Language, vocabularySize: number): Promise<DenseMatrix> {
  const file = join(folder, `topicWord_${suffix}.npy`);
  const matrix = await readMatrix(file);
  if (matrix.columns === vocabularySize) return matrix;
  throw new DataFormatError(`has ${matrix.columns} columns, but the vocabulary has ${vocabularySize} words`, { file });
}

const PURPOSE = 'loading a topic model';

/** Writes numbers as .npy; without a shape they are a vector. */
export async function writeNumbers(
  file: string,
  data: WritableArray,
  shape: readonly number[] = [data.length],
): Promise<void> {
  await writeFile(file, writeNpy(data, shape));
}

/** Reads a matrix of numbers from .npy. */
export async function readMatrix(file: string): Promise<DenseMatrix> {
  const { shape: [rows, columns], numbers } = await readMatrixNumbers(file);
  return { rows, columns, data: Float32Array.from(numbers) };
}

/** The same in double precision. */
export async function readDoubles(
  file: string,
): Promise<{ readonly shape: readonly [rows: number, columns: number]; readonly data: Float64Array }> {
  const { shape, numbers } = await readMatrixNumbers(file);
  return { shape, data: numbers instanceof Float64Array ? numbers : Float64Array.from(numbers) };
}

async function readMatrixNumbers(
  file: string,
): Promise<{ readonly shape: readonly [rows: number, columns: number]; readonly numbers: NumberArray }> {
  const array = readNpy(await readModelFile(file), file);
  const [rows, columns] = array.shape;
  if (array.shape.length !== 2) throw new DataFormatError('holds no matrix', { file, field: 'shape' });
  return { shape: [rows!, columns!], numbers: numbersOf(array, file) };
}

export async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

/** Reads JSON of the given form. */
export async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  const text = Buffer.from(await readModelFile(file)).toString('utf8');
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new DataFormatError('is not what a saved topic model has there', { file }, { cause });
  }
}

async function readModelFile(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new MissingFileError(file, PURPOSE, { cause });
  }
}
