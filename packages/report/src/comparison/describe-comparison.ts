import { basename, join, resolve } from 'node:path';
import { InvalidOptionError } from '@xtm/contracts';
import { splitFigureName } from '@xtm/metrics';
import { compareRuns, EventLog, readRunTopics, type RunComparison } from '@xtm/pipeline';
import type { ComparedFigureData, ComparisonReportData } from '../contract/comparison-data';
import { describeLanguage } from '../language-name';
import { finiteOrNull } from '../numbers';
import { readReportedConfig } from '../run/reported-config';
import { describeSettings } from '../sections/settings';
import { describeTraining } from '../sections/training';
import { matchTopics } from './match-topics';

/**
 * Everything that the page of several runs shows.
 *
 * @throws MissingFileError for a run that has not finished, RunFolderError, InvalidOptionError for other languages
 */
export function describeComparison(paths: readonly string[], written: Date): ComparisonReportData {
  const comparison = compareRuns(paths);
  const topics = paths.map(readRunTopics);
  const codes = topics.map(({ languages }) => languages.map(({ code }) => code).join(' and '));
  const other = codes.findIndex((code) => code !== codes[0]);
  if (other > 0) throw new InvalidOptionError('runs', paths[other], `${paths[other]} is in ${codes[other]}, ${paths[0]} in ${codes[0]}`);
  return {
    kind: 'comparison',
    written: written.toISOString(),
    languages: topics[0]!.languages.map(describeLanguage),
    methods: comparison.methods.map(({ name, runs, stability }) => ({ name, seeds: runs.length, ...(stability !== undefined && { stability: stability.mean }) })),
    figures: comparison.rows.map(describeRow),
    differences: differingSettings(paths),
    warnings: comparison.warnings,
    runs: paths.map((path) => {
      const training = describeTraining(new EventLog(join(path, 'events.jsonl')).read());
      return { name: basename(resolve(path)), ...('data' in training && { training: training.data }) };
    }),
    matches: matchTopics(topics),
  };
}

function describeRow({ figure, methods }: RunComparison['rows'][number]): ComparedFigureData {
  const [title, of] = splitFigureName(figure);
  return {
    title,
    of,
    means: methods.map(({ mean }) => finiteOrNull(mean)),
    deviations: methods.map(({ deviation }) => finiteOrNull(deviation)),
    differences: methods.map(({ difference }) => finiteOrNull(difference)),
    pValues: methods.map(({ test }) => finiteOrNull(test?.pValue)),
  };
}

function differingSettings(paths: readonly string[]): ComparisonReportData['differences'] {
  const settings = paths.map((path) => {
    const config = readReportedConfig(path);
    return new Map([{ name: 'dataset', value: config.dataset.name }, ...describeSettings(config)].map(({ name, value }) => [name, value]));
  });
  const names = new Set(settings.flatMap((ofRun) => [...ofRun.keys()]));
  return [...names]
    .map((name) => ({ name, values: settings.map((ofRun) => ofRun.get(name) ?? '') }))
    .filter(({ values }) => new Set(values).size > 1);
}
