import { RunFolderError } from '@xtm/contracts';
import { z } from 'zod';
import { readRunJson } from '../run-folder/run-folder';

const schema = z.object({
  languages: z.array(z.object({ code: z.string(), suffix: z.string() })),
  topics: z.array(z.object({ index: z.number(), words: z.record(z.string(), z.array(z.object({ word: z.string(), weight: z.number() }))) })),
});

/** `topics.json` of a run: words with their probabilities, by the languages' suffixes. */
export type RunTopics = z.output<typeof schema>;

/** @throws MissingFileError before the run has finished, RunFolderError if the file is not what xtm writes. */
export function readRunTopics(folder: string): RunTopics {
  const result = schema.safeParse(readRunJson(folder, 'topics.json'));
  if (!result.success) throw new RunFolderError(folder, 'topics.json is not what xtm writes', { cause: result.error, advice: 'Run the same command again to write it afresh.' });
  return result.data;
}
