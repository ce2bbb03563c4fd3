import { RunFolderError } from '@xtm/contracts';
import { z } from 'zod';
import { readRunJson } from '../run-folder/run-folder';

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

/** `topics.json` of a run: how words are ranked, and each topic's first words, by the languages' suffixes. */
export type RunTopics = z.output<typeof schema>;

/** @throws MissingFileError before the run has finished, RunFolderError if the file is not what xtm writes. */
export function readRunTopics(folder: string): RunTopics {
  const result = schema.safeParse(readRunJson(folder, 'topics.json'));
  if (!result.success) throw new RunFolderError(folder, 'topics.json is not what xtm writes', { cause: result.error, advice: 'Run the same command again to write it afresh.' });
  return result.data;
}
