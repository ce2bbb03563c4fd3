import { RunFolderError } from '@xtm/contracts';
import type { TopicEvaluation } from '@xtm/metrics';
import { z } from 'zod';
import { readRunJson } from '../run-folder/run-folder';

const schema = z.object({
  languages: z.array(z.string()),
  numTopics: z.number(),
  topWords: z.number(),
  measures: z.record(z.string(), z.unknown()),
  omitted: z.array(z.object({ measure: z.string(), reason: z.string() })),
  /** Runs of earlier versions have none. */
  warnings: z.array(z.object({ kind: z.string(), language: z.string(), value: z.number(), limit: z.number(), message: z.string() })).default([]),
});

/**
 * The figures of a run, from its `metrics.json`.
 *
 * @throws MissingFileError before the run has finished, RunFolderError if the file is not what xtm writes.
 */
export function readEvaluation(folder: string): TopicEvaluation {
  const content = numbersForNulls(readRunJson(folder, 'metrics.json'));
  const result = schema.safeParse(content);
  if (!result.success) throw new RunFolderError(folder, 'metrics.json is not what xtm writes', { cause: result.error, advice: `Write it afresh: xtm evaluate ${folder}` });
  return { ...(content as TopicEvaluation), warnings: result.data.warnings as TopicEvaluation['warnings'] };
}

/** JSON has no NaN and holds null in its place. */
function numbersForNulls(value: unknown): unknown {
  if (value === null) return Number.NaN;
  if (Array.isArray(value)) return value.map(numbersForNulls);
  return typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, numbersForNulls(entry)])) : value;
}
