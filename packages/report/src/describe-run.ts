import { AbortedError, type RunOptions } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import type { RunReportData } from './contract/run-data';
import type { RunMaterial } from './read-run';
import { describeDocumentMap } from './sections/document-map';
import { showDocuments } from './sections/documents';
import { describeFigures } from './sections/figures';
import { describeOverview, describeTraining, describeWarnings } from './sections/overview';
import { describePrevalence, isPrevalenceLevelled } from './sections/prevalence';
import { layOutTopics } from './sections/topic-map';
import {
  describeAlignment,
  describeRatings,
  describeTopics,
  marginalProbabilities,
  normalisedWeights,
  topicWordsOf,
  WordTable,
} from './sections/topics';
import { describeLanguage } from './wording';

/** Samples and resamples are the same in every report of a run. */
const SEED = 0;

/** Everything that the page of a run shows. Throws `AbortedError`. */
export async function describeRun(run: RunMaterial, written: Date, options: RunOptions = {}): Promise<RunReportData> {
  const generator = new SeededGenerator(SEED);
  const weights = run.weights.map(normalisedWeights);
  const marginals = run.topicWord.map((matrix, language) => marginalProbabilities(matrix, weights[language]!));
  const tables = marginals.map((marginal, language) => new WordTable(run.vocabularies[language]!, marginal));
  const words = run.topicWord.map((matrix, language) =>
    topicWordsOf(run.wordScores[language]!, matrix, tables[language]!),
  );
  const documents = showDocuments(run, tables);
  const facets = await describePrevalence(run, generator.fork('prevalence'), (done, total) =>
    pause('prevalence', done, total, options),
  );
  return {
    kind: 'run',
    languages: run.languages.map(describeLanguage),
    warnings: describeWarnings(run.evaluation),
    ranking: run.ranking,
    prevalenceIsLevelled: isPrevalenceLevelled(run.config),
    overview: describeOverview(run, written),
    figures: describeFigures(run),
    topics: describeTopics(run, words, documents.byTopic),
    words: tables.map((table, language) => table.toData(run.topicWord[language]!, weights[language]!)),
    topicMap: layOutTopics(run.topicWord, generator.fork('topic map')),
    documents: documents.data,
    facets,
    documentMap: await describeDocumentMap(run, generator.fork('document map'), options),
    training: describeTraining(run.events),
    alignment: describeAlignment(run),
    ratings: describeRatings(run),
  };
}

/** Tells progress and gives the event loop a turn, so that the work can be stopped. */
async function pause(stage: string, done: number, total: number, { signal, onProgress }: RunOptions): Promise<void> {
  onProgress?.({ stage, done, total });
  await new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted) throw new AbortedError('the report');
}
