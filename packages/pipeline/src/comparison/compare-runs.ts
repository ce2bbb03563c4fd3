import { InvalidOptionError } from '@xtm/contracts';
import { compareEvaluations, topicStability, type ComparisonRow, type TopicStability } from '@xtm/metrics';
import {
  groupRuns,
  readComparedRun,
  sameSeeds,
  separateRuns,
  withOwnNames,
  type ComparedRun,
  type RunGroup,
} from './run-groups';

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
