import type { ComparedRun } from './compared-run';

/** Runs of one method, by ascending seed. */
export interface RunGroup {
  /** What the runs' names have in common, or the name of the only run. */
  readonly name: string;
  readonly runs: readonly ComparedRun[];
}

/** What the end of a shared name says of seeds: `nmtm-seed-1` of `nmtm-seed-10` and `nmtm-seed-11`. */
const SEED_ENDING = /[-_. ]*(?:seed)?[-_. ]*\d*$/i;

/**
 * Puts runs that differ in their seed only together, in the order in which methods first appear. Runs that repeat a seed
 * stay apart, since they are no independent samples.
 */
export function groupRuns(runs: readonly ComparedRun[]): RunGroup[] {
  const groups = [...new Set(runs.map(({ method }) => method))].map((method) => runs.filter((run) => run.method === method));
  const independent = groups.flatMap((group) => (hasRepeatedSeed(group) ? separateRuns(group) : [[...group].sort((a, b) => (a.seed ?? 0) - (b.seed ?? 0))]));
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
  const shared = [...first].slice(0, differing < 0 ? undefined : differing).join('').replace(SEED_ENDING, '');
  return shared === '' ? first : shared;
}
