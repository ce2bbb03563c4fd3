import type { ComparedRun } from './compared-run';
import type { RunGroup } from './group-runs';

/** What must be equal for figures to be comparable. */
const FACTS: readonly (readonly [what: string, of: (run: ComparedRun) => unknown])[] = [
  ['data', ({ data }) => data],
  ['words a topic', ({ evaluation }) => evaluation.topWords],
  ['counting of CNPMI', ({ evaluation }) => evaluation.measures.cnpmi?.map(({ counting }) => counting)],
  ['reference corpora of CNPMI', ({ evaluation }) => evaluation.measures.cnpmi?.map(({ documents }) => documents)],
  ['documents\' features that were classified', ({ evaluation }) => evaluation.measures.classification?.map(({ features }) => features)],
];

/** What keeps runs from being comparable, a sentence each. */
export function comparisonWarnings(groups: readonly RunGroup[]): string[] {
  const runs = groups.flatMap((group) => group.runs);
  const differing = FACTS.flatMap(([what, of]) => {
    const values = new Set(runs.map(of).filter((value) => value !== undefined).map((value) => JSON.stringify(value)));
    return values.size > 1 ? [`the runs differ in their ${what}`] : [];
  });
  const first = groups[0];
  const unpaired = groups.filter((group) => first !== undefined && first.runs.length > 1 && group.runs.length > 1 && !sameSeeds(first, group));
  return [...differing, ...unpaired.map(({ name }) => `${name} and ${first!.name} ran with different seeds, so there is no paired test`)];
}

/** Whether two methods ran with the same seeds, which a paired test needs. */
export function sameSeeds(first: RunGroup, second: RunGroup): boolean {
  return JSON.stringify(first.runs.map(({ seed }) => seed)) === JSON.stringify(second.runs.map(({ seed }) => seed));
}
