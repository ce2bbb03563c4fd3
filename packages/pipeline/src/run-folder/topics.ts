import type { DenseMatrix, Language, WordRanking } from '@xtm/contracts';
import { z } from 'zod';
import { hasRunFile, readRunJson, readRunMatrix, writeRunJson, writeRunLines, writeRunMatrix } from './run-file';
import type { RunFolder } from './run-folder';

/** One of a topic's first words. */
export interface WeightedWord {
  readonly word: string;
  /** What the word is ranked by. */
  readonly weight: number;
  /** p(w | k). */
  readonly probability: number;
}

/** `topics.json` of a run: how words are ranked, and each topic's first words, by the languages' suffixes. */
export interface RunTopics {
  readonly languages: readonly Language[];
  readonly ranking: WordRanking;
  readonly topics: readonly {
    readonly index: number;
    readonly words: Readonly<Record<string, readonly WeightedWord[]>>;
  }[];
}

const FILE = 'topics.json';

/** Earlier versions gave a word's probability as its weight. */
const wordSchema = z
  .object({ word: z.string(), weight: z.number(), probability: z.number().optional() })
  .transform(({ word, weight, probability = weight }) => ({ word, weight, probability }));

const schema = z.object({
  languages: z.array(z.object({ code: z.string(), suffix: z.string() })),
  // Runs of earlier versions ranked words by what they took for probabilities.
  ranking: z.enum(['characteristic', 'weights', 'probability']).default('probability'),
  topics: z.array(z.object({ index: z.number(), words: z.record(z.string(), z.array(wordSchema)) })),
});

/** Whether a run's topics are written. */
export function hasTopics(folder: string): boolean {
  return hasRunFile(folder, FILE);
}

/** @throws MissingFileError before the run has finished, RunFolderError if the file is not what xtm writes */
export function readRunTopics(folder: string): RunTopics {
  return readRunJson(folder, FILE, schema, 'Run the same command again to write it afresh.');
}

/** Writes `topics.json`. Throws `WriteError`. */
export function writeRunTopics(folder: RunFolder, topics: RunTopics): void {
  writeRunJson(folder, FILE, topics);
}

/**
 * Writes `T15_LANG.txt`, a topic per line, as the field's scripts expect.
 *
 * @param count the 15 in the file's name
 * @param topics first words of every topic
 */
export function writeTopicLines(
  folder: RunFolder,
  { suffix }: Language,
  count: number,
  topics: readonly (readonly string[])[],
): void {
  writeRunLines(
    folder,
    `T${count}_${suffix}.txt`,
    topics.map((words) => words.join(' ')),
  );
}

/**
 * p(w | k) of one language [topics, vocabulary], from `topicWord_LANG.npy`; in runs of earlier versions the softmax of
 * the decoder's weights.
 *
 * @throws MissingFileError before the run has finished, DataFormatError for what is no matrix
 */
export function readTopicWord(folder: string, { suffix }: Language): DenseMatrix {
  return readRunMatrix(folder, `topicWord_${suffix}.npy`);
}

/** Writes `topicWord_LANG.npy`. */
export function writeTopicWord(folder: RunFolder, { suffix }: Language, topicWord: DenseMatrix): void {
  writeRunMatrix(folder, `topicWord_${suffix}.npy`, topicWord);
}

/**
 * The decoder's weights of one language [topics, vocabulary], from `topicWeights_LANG.npy`.
 *
 * @throws MissingFileError where the model has no decoder, or an earlier version saved it; DataFormatError
 */
export function readTopicWeights(folder: string, { suffix }: Language): DenseMatrix {
  return readRunMatrix(folder, `topicWeights_${suffix}.npy`);
}

/** Writes `topicWeights_LANG.npy`. */
export function writeTopicWeights(folder: RunFolder, { suffix }: Language, topicWeights: DenseMatrix): void {
  writeRunMatrix(folder, `topicWeights_${suffix}.npy`, topicWeights);
}
