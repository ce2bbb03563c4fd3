import { basename, resolve } from 'node:path';
import { InvalidOptionError, type Topic } from '@xtm/contracts';
import {
  compareEvaluations,
  type ComparisonRow,
  type TopicEvaluation,
  topicStability,
  type TopicStability,
} from '@xtm/metrics';
import { readRunConfig } from './run-folder/config';
import { readEvaluation } from './run-folder/metrics';
import { readRunTopics } from './run-folder/topics';

export interface CompareRunsOptions {
  /** Whether runs that differ in their seed only count as one method; default true. */
  readonly groupSeeds?: boolean;
}

/** Runs that are compared as one. */
export interface ComparedMethod {
  readonly name: string;
  /** Run folders, by ascending seed. */
  readonly runs: readonly string[];
  readonly seeds: readonly (number | undefined)[];
  /** How much the topics of the seeds agree; not given for a single run. */
  readonly stability?: TopicStability;
}

/** Methods side by side; safe to write as JSON, where NaN becomes null. */
export interface RunComparison {
  readonly methods: readonly ComparedMethod[];
  /** Figure by figure, in the order of the methods: differences and tests are against the first. */
  readonly rows: readonly ComparisonRow[];
  /** What keeps the figures from being comparable. */
  readonly warnings: readonly string[];
}

/**
 * Compares finished runs by their `metrics.json`. Runs that differ in their seed only are one method, with mean,
 * deviation, agreement of topics, and a paired test against the first method if both ran with the same seeds.
 *
 * @throws InvalidOptionError without runs; MissingFileError, RunFolderError for a run without its results.
 */
export function compareRuns(paths: readonly string[], { groupSeeds = true }: CompareRunsOptions = {}): RunComparison {
  if (paths.length === 0) throw new InvalidOptionError('runs', paths, 'there are no runs to compare');
  const runs = paths.map(readComparedRun);
  const groups = groupSeeds ? groupRuns(runs) : withOwnNames(separateRuns(runs));
  const rows = compareEvaluations(
    groups.map(({ name, runs: ofGroup }) => ({ name, evaluations: ofGroup.map(({ evaluation }) => evaluation) })),
  );
  return {
    methods: groups.map(describeMethod),
    rows: rows.map((row) => withSoundTests(row, groups)),
    warnings: comparisonWarnings(groups),
  };
}

function describeMethod({ name, runs }: RunGroup): ComparedMethod {
  const facts = { name, runs: runs.map(({ path }) => path), seeds: runs.map(({ seed }) => seed) };
  return runs.length < 2 ? facts : { ...facts, stability: topicStability(runs.map(({ topics }) => topics)) };
}

/** Drops tests that would pair different seeds. */
function withSoundTests({ figure, methods }: ComparisonRow, groups: readonly RunGroup[]): ComparisonRow {
  return {
    figure,
    methods: methods.map(({ test, ...method }, index) =>
      test !== undefined && sameSeeds(groups[0]!, groups[index]!) ? { ...method, test } : method,
    ),
  };
}

/** What must be equal for figures to be comparable. */
const FACTS: readonly (readonly [what: string, of: (run: ComparedRun) => unknown])[] = [
  ['data', ({ data }) => data],
  ['words a topic', ({ evaluation }) => evaluation.topWords],
  ['counting of CNPMI', ({ evaluation }) => evaluation.measures.cnpmi?.map(({ counting }) => counting)],
  ['reference corpora of CNPMI', ({ evaluation }) => evaluation.measures.cnpmi?.map(({ documents }) => documents)],
  [
    "documents' features that were classified",
    ({ evaluation }) => evaluation.measures.classification?.map(({ features }) => features),
  ],
];

/** What keeps runs from being comparable, a sentence each. */
function comparisonWarnings(groups: readonly RunGroup[]): string[] {
  const runs = groups.flatMap((group) => group.runs);
  const differing = FACTS.flatMap(([what, of]) => {
    const values = new Set(
      runs
        .map(of)
        .filter((value) => value !== undefined)
        .map((value) => JSON.stringify(value)),
    );
    return values.size > 1 ? [`the runs differ in their ${what}`] : [];
  });
  const first = groups[0];
  const unpaired = groups.filter(
    (group) => first !== undefined && first.runs.length > 1 && group.runs.length > 1 && !sameSeeds(first, group),
  );
  return [
    ...differing,
    ...unpaired.map(({ name }) => `${name} and ${first!.name} ran with different seeds, so there is no paired test`),
  ];
}

/** A finished run as far as comparisons need it. */
interface ComparedRun {
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
function readComparedRun(path: string): ComparedRun {
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
interface RunGroup {
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
function groupRuns(runs: readonly ComparedRun[]): RunGroup[] {
  const groups = [...new Set(runs.map(({ method }) => method))].map((method) =>
    runs.filter((run) => run.method === method),
  );
  const independent = groups.flatMap((group) =>
    hasRepeatedSeed(group) ? separateRuns(group) : [[...group].sort((a, b) => (a.seed ?? 0) - (b.seed ?? 0))],
  );
  return withOwnNames(independent);
}

/** Each run as a group of its own. */
function separateRuns(runs: readonly ComparedRun[]): ComparedRun[][] {
  return runs.map((run) => [run]);
}

/** Groups with names that no two share. */
function withOwnNames(groups: readonly (readonly ComparedRun[])[]): RunGroup[] {
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
function sameSeeds(first: RunGroup, second: RunGroup): boolean {
  return JSON.stringify(first.runs.map(({ seed }) => seed)) === JSON.stringify(second.runs.map(({ seed }) => seed));
}
