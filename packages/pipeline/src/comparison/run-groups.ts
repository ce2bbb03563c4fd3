import { basename, resolve } from 'node:path';
import type { Topic } from '@xtm/contracts';
import type { TopicEvaluation } from '@xtm/metrics';
import { readRunConfig } from '../run-folder/config';
import { readEvaluation } from '../run-folder/metrics';
import { readRunTopics } from '../run-folder/topics';

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
  const {
    settings: { seed, ...settings },
    dataset: { fingerprint: data },
    backend,
  } = readRunConfig(path);
  const { languages, topics } = readRunTopics(path);
  return {
    path,
    name: basename(resolve(path)),
    seed,
    method: JSON.stringify({ settings, data, backend }, sortKeys),
    data,
    evaluation: readEvaluation(path),
    topics: topics.map(({ index, words }) => ({
      index,
      words: languages.map(({ suffix }) => (words[suffix] ?? []).map(({ word }) => word)),
    })),
  };
}

/** For `JSON.stringify`: the order in which settings were given does not matter. */
function sortKeys(_key: string, value: unknown): unknown {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}

/** Runs of one method, by ascending seed. */
export interface RunGroup {
  /** What the runs' names have in common, or the name of the only run. */
  readonly name: string;
  readonly runs: readonly ComparedRun[];
}

/** What the end of a shared name says of seeds: `nmtm-seed-1` of `nmtm-seed-10` and `nmtm-seed-11`. */
const SEED_ENDING = /[-_. ]*(?:seed)?[-_. ]*\d*$/i;

/**
 * Puts runs that differ in their seed only together, in the order in which methods first appear. Runs that repeat a
 * seed stay apart, since they are no independent samples.
 */
export function groupRuns(runs: readonly ComparedRun[]): RunGroup[] {
  const groups = [...new Set(runs.map(({ method }) => method))].map((method) =>
    runs.filter((run) => run.method === method),
  );
  const independent = groups.flatMap((group) =>
    hasRepeatedSeed(group) ? separateRuns(group) : [[...group].sort((a, b) => (a.seed ?? 0) - (b.seed ?? 0))],
  );
  return withOwnNames(independent);
}

/** Each run as a group of its own. */
export function separateRuns(runs: readonly ComparedRun[]): ComparedRun[][] {
  return runs.map((run) => [run]);
}

/** Groups with names that no two share. */
export function withOwnNames(groups: readonly (readonly ComparedRun[])[]): RunGroup[] {
  const names = groups.map((runs) => commonName(runs.map(({ name }) => name)));
  return groups.map((runs, index) => {
    const taken = names.some((name, other) => other !== index && name === names[index]);
    return { name: taken ? `${runs[0]!.name} (${index + 1})` : names[index]!, runs };
  });
}

function hasRepeatedSeed(runs: readonly ComparedRun[]): boolean {
  return new Set(runs.map(({ seed }) => seed)).size < runs.length;
}

function commonName(names: readonly string[]): string {
  const first = names[0]!;
  if (names.length === 1) return first;
  const differing = [...first].findIndex((character, index) => names.some((name) => [...name][index] !== character));
  const shared = [...first]
    .slice(0, differing < 0 ? undefined : differing)
    .join('')
    .replace(SEED_ENDING, '');
  return shared === '' ? first : shared;
}

/** Whether two methods ran with the same seeds, which a paired test needs. */
export function sameSeeds(first: RunGroup, second: RunGroup): boolean {
  return JSON.stringify(first.runs.map(({ seed }) => seed)) === JSON.stringify(second.runs.map(({ seed }) => seed));
}
