import { basename, resolve } from 'node:path';
import { RunFolderError, type Topic } from '@xtm/contracts';
import type { TopicEvaluation } from '@xtm/metrics';
import { z } from 'zod';
import { readEvaluation } from '../evaluation/read-evaluation';
import { readRunTopics } from '../results/read-run-topics';
import { readRunJson } from '../run-folder/run-folder';

const configSchema = z.object({
  settings: z.looseObject({ seed: z.number().optional() }),
  dataset: z.looseObject({ fingerprint: z.string() }),
  backend: z.unknown(),
});

/** A finished run as far as comparisons need it. */
export interface ComparedRun {
  readonly path: string;
  /** The folder's name. */
  readonly name: string;
  readonly seed: number | undefined;
  /** Equal for runs that differ in their seed only. */
  readonly method: string;
  /** Equal for runs on the same data. */
  readonly data: string;
  readonly evaluation: TopicEvaluation;
  readonly topics: readonly Topic[];
}

/** @throws MissingFileError for a run that has not finished, RunFolderError for files that xtm did not write. */
export function readComparedRun(path: string): ComparedRun {
  const config = configSchema.safeParse(readRunJson(path, 'config.json'));
  if (!config.success) throw new RunFolderError(path, 'config.json is not what xtm writes', { cause: config.error, advice: 'Is it a run folder?' });
  const { settings: { seed, ...settings }, dataset, backend } = config.data;
  const { languages, topics } = readRunTopics(path);
  return {
    path,
    name: basename(resolve(path)),
    seed,
    method: JSON.stringify({ settings, data: dataset.fingerprint, backend }, sortKeys),
    data: dataset.fingerprint,
    evaluation: readEvaluation(path),
    topics: topics.map(({ index, words }) => ({ index, words: languages.map(({ suffix }) => (words[suffix] ?? []).map(({ word }) => word)) })),
  };
}

/** For `JSON.stringify`: the order in which settings were given does not matter. */
function sortKeys(_key: string, value: unknown): unknown {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}
