import { basename, resolve } from 'node:path';
import { InvalidOptionError } from '@xtm/contracts';
import { documentsFirst, isMainFigure, optimalAssignment } from '@xtm/metrics';
import {
  compareRuns,
  readEvaluation,
  readRunConfig,
  readRunEvents,
  readRunTopics,
  type RunComparison,
  type RunTopics,
} from '@xtm/pipeline';
import type {
  ComparedFigureData,
  ComparisonReportData,
  MatchedTopicData,
  TopicMatchData,
} from './contract/comparison-data';
import { wordFigure } from './sections/figures';
import { describeSettings, describeTraining, describeWarnings } from './sections/overview';
import { describeLanguage, finiteOrNull, significant } from './wording';

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
  if (other > 0)
    throw new InvalidOptionError(
      'runs',
      paths[other],
      `${paths[other]} is in ${codes[other]}, ${paths[0]} in ${codes[0]}`,
    );
  return {
    kind: 'comparison',
    written: written.toISOString(),
    languages: topics[0]!.languages.map(describeLanguage),
    methods: comparison.methods.map(({ name, runs, stability }) => ({
      name,
      seeds: runs.length,
      ...(stability !== undefined && { stability: stability.mean }),
    })),
    figures: documentsFirst(comparison.rows, ({ figure }) => figure).map((row) =>
      describeRow(
        row,
        topics[0]!.languages.map(({ code }) => code),
      ),
    ),
    differences: differingSettings(paths),
    warnings: comparison.warnings,
    poor: paths
      .map((path) => ({ run: basename(resolve(path)), warnings: describeWarnings(readEvaluation(path)) }))
      .filter(({ warnings }) => warnings.length > 0),
    runs: paths.map((path) => {
      const training = describeTraining(readRunEvents(path));
      return { name: basename(resolve(path)), ...('data' in training && { training: training.data }) };
    }),
    matches: matchTopics(topics),
  };
}

function describeRow(
  { figure, methods }: RunComparison['rows'][number],
  languages: readonly string[],
): ComparedFigureData {
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
    return new Map(
      [{ name: 'dataset', value: config.dataset.name }, ...describeSettings(config)].map(({ name, value }) => [
        name,
        value,
      ]),
    );
  });
  const names = new Set(settings.flatMap((ofRun) => [...ofRun.keys()]));
  return [...names]
    .map((name) => ({ name, values: settings.map((ofRun) => ofRun.get(name) ?? '') }))
    .filter(({ values }) => new Set(values).size > 1);
}

/** Words per topic that are compared. */
const WORDS = 10;

/**
 * Finds each topic of the first run in the others: one to one, so that the words in common are most; a run with fewer
 * topics leaves some without a partner.
 *
 * @param runs with the same languages
 */
function matchTopics(runs: readonly RunTopics[]): TopicMatchData[] {
  const topics = runs.map(wordsOf);
  const first = topics[0]!;
  const partners = topics.map((others) => assign(first, others));
  return first.map((words, index) => ({
    topics: partners.map((partner, run): MatchedTopicData | null => {
      const other = partner[index];
      return other === undefined
        ? null
        : {
            index: other,
            words: topics[run]![other]!,
            overlap: significant(overlapOf(words, topics[run]![other]!), 3),
          };
    }),
  }));
}

/** Words of every topic, [topics][languages][words]. */
function wordsOf({ languages, topics }: RunTopics): string[][][] {
  return topics.map(({ words }) =>
    languages.map(({ suffix }) => (words[suffix] ?? []).slice(0, WORDS).map(({ word }) => word)),
  );
}

/** The partner of each topic of the first run. */
function assign(first: readonly string[][][], others: readonly string[][][]): (number | undefined)[] {
  if (first.length <= others.length)
    return optimalAssignment(first.map((words) => others.map((other) => overlapOf(words, other))));
  const reversed = optimalAssignment(others.map((other) => first.map((words) => overlapOf(words, other))));
  return first.map((_, index) => (reversed.includes(index) ? reversed.indexOf(index) : undefined));
}

/** Words in common by words in either, mean over the languages. */
function overlapOf(left: readonly (readonly string[])[], right: readonly (readonly string[])[]): number {
  const shares = left.map((words, language) => {
    const other = new Set(right[language]);
    const common = words.filter((word) => other.has(word)).length;
    return common / new Set([...words, ...other]).size;
  });
  return shares.reduce((a, b) => a + b, 0) / shares.length;
}
