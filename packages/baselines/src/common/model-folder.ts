import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataFormatError, type DenseMatrix, type Language } from '@xtm/contracts';
import { readVocabulary } from '@xtm/data';
import { z } from 'zod';
import { readJson, readMatrix, writeJson, writeNumbers } from './model-files';
import type { TopicWordFacts } from './topic-word-model';

const factsSchema = z.strictObject({
  name: z.string(),
  documentPrior: z.number().nonnegative(),
  languages: z.array(z.strictObject({ code: z.string(), suffix: z.string() })).min(1),
});

/**
 * Writes what every fitted baseline has: `model.json`, and per language `vocabulary_SUFFIX.txt` (a word a line) and
 * `topicWord_SUFFIX.npy` ([topics, vocabulary], float32).
 */
export async function writeModelFolder(folder: string, { name, documentPrior, languages, vocabularies, topicWord }: TopicWordFacts): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeJson(join(folder, 'model.json'), { name, documentPrior, languages });
  for (const [index, { suffix }] of languages.entries()) {
    const { data, rows, columns } = topicWord[index]!;
    await writeFile(join(folder, `vocabulary_${suffix}.txt`), vocabularies[index]!.map((word) => `${word}\n`).join(''));
    await writeNumbers(join(folder, `topicWord_${suffix}.npy`), data, [rows, columns]);
  }
}

/** Reads what `writeModelFolder` wrote. Throws `MissingFileError`, or `DataFormatError` if another method wrote it. */
export async function readModelFolder(folder: string, name: string): Promise<TopicWordFacts> {
  const file = join(folder, 'model.json');
  const facts = await readJson(file, factsSchema);
  if (facts.name !== name) throw new DataFormatError(`holds a model of ${facts.name}, not of ${name}`, { file, field: 'name' });
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
