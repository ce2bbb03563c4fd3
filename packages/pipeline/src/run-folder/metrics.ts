import type { TopicEvaluation } from '@xtm/metrics';
import { z } from 'zod';
import { readRunEvents } from './events';
import { hasRunFile, readRunJson, writeRunJson } from './run-file';
import type { RunFolder } from './run-folder';
import { hasTopics } from './topics';

const FILE = 'metrics.json';

/** What each measure gives, which measures there are and what is warned of are for `@xtm/metrics` to say. */
const schema = z.preprocess(
  numbersForNulls,
  z.looseObject({
    languages: z.array(z.string()),
    numTopics: z.number(),
    topWords: z.number(),
    measures: z.custom<TopicEvaluation['measures']>(isRecord),
    omitted: z.array(
      z.object({ measure: named<TopicEvaluation['omitted'][number]['measure']>(), reason: z.string() }),
    ),
    // Runs of earlier versions have none.
    warnings: z
      .array(
        z.object({
          kind: named<TopicEvaluation['warnings'][number]['kind']>(),
          language: z.string(),
          value: z.number(),
          limit: z.number(),
          message: z.string(),
        }),
      )
      .default([]),
  }),
);

function named<Name extends string>() {
  return z.custom<Name>((value) => typeof value === 'string');
}

/**
 * The figures of a run, from its `metrics.json`.
 *
 * @throws MissingFileError before the run has finished, RunFolderError if the file is not what xtm writes
 */
export function readEvaluation(folder: string): TopicEvaluation {
  return readRunJson(folder, FILE, schema, `Write it afresh: xtm evaluate ${folder}`);
}

/** Whether a run has been evaluated, so that {@link readEvaluation} finds its figures. */
export function hasEvaluation(folder: string): boolean {
  return hasRunFile(folder, FILE);
}

/** Whether a run came to its end and all its results are there. */
export function isFinishedRun(folder: string): boolean {
  return hasEvaluation(folder) && hasTopics(folder) && readRunEvents(folder).some(({ type }) => type === 'finished');
}

/** Writes `metrics.json`. Throws `WriteError`. */
export function writeEvaluation(folder: RunFolder, evaluation: TopicEvaluation): void {
  writeRunJson(folder, FILE, evaluation);
}

/** JSON has no NaN and holds null in its place. */
function numbersForNulls(value: unknown): unknown {
  if (value === null) return Number.NaN;
  if (Array.isArray(value)) return value.map(numbersForNulls);
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, numbersForNulls(entry)]))
    : value;
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
