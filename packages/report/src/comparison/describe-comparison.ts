import { basename, resolve } from 'node:path';
import { InvalidOptionError } from '@xtm/contracts';
import { isMainFigure } from '@xtm/metrics';
import { compareRuns, readEvaluation, readRunConfig, readRunEvents, readRunTopics, type RunComparison } from '@xtm/pipeline';
import type { ComparedFigureData, ComparisonReportData } from '../contract/comparison-data';
import { describeLanguage } from '../language-name';
import { finiteOrNull } from '../numbers';
import { CARD_MEASURES } from '../sections/figure-cards';
import { wordFigure } from '../sections/figure-wording';
import { describeSettings } from '../sections/settings';
import { describeTraining } from '../sections/training';
import { describeWarnings } from '../sections/warnings';
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
    figures: documentsFirst(comparison.rows).map((row) => describeRow(row, topics[0]!.languages.map(({ code }) => code))),
    differences: differingSettings(paths),
    warnings: comparison.warnings,
    poor: paths.map((path) => ({ run: basename(resolve(path)), warnings: describeWarnings(readEvaluation(path)) })).filter(({ warnings }) => warnings.length > 0),
    runs: paths.map((path) => {
      const training = describeTraining(readRunEvents(path));
      return { name: basename(resolve(path)), ...('data' in training && { training: training.data }) };
    }),
    matches: matchTopics(topics),
  };
}

/** Figures that look at documents first: a model whose topics say nothing of them shows in these. */
function documentsFirst(rows: RunComparison['rows']): RunComparison['rows'] {
  const isFirst = ({ figure }: RunComparison['rows'][number]): boolean => CARD_MEASURES.some((measure) => measure === figure.split('/')[0]);
  return [...rows.filter(isFirst), ...rows.filter((row) => !isFirst(row))];
}

function describeRow({ figure, methods }: RunComparison['rows'][number], languages: readonly string[]): ComparedFigureData {
  const parts = figure.split('/');
  const last = parts.at(-1)!;
  const of = parts.length > 1 && languages.includes(last) ? last : '';
  return {
    ...wordFigure(of === '' ? figure : parts.slice(0, -1).join('/')),
    of,
    isMain: isMainFigure(figure),
    means: methods.map(({ mean }) => finiteOrNull(mean)),
    deviations: methods.map(({ deviation }) => finiteOrNull(deviation)),
    differences: methods.map(({ difference }) => finiteOrNull(difference)),
    pValues: methods.map(({ test }) => finiteOrNull(test?.pValue)),
  };
}

function differingSettings(paths: readonly string[]): ComparisonReportData['differences'] {
  const settings = paths.map((path) => {
    const config = readRunConfig(path);
    return new Map([{ name: 'dataset', value: config.dataset.name }, ...describeSettings(config)].map(({ name, value }) => [name, value]));
  });
  const names = new Set(settings.flatMap((ofRun) => [...ofRun.keys()]));
  return [...names]
    .map((name) => ({ name, values: settings.map((ofRun) => ofRun.get(name) ?? '') }))
    .filter(({ values }) => new Set(values).size > 1);
}
