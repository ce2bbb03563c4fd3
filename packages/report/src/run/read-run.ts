import { basename, join, resolve } from 'node:path';
import { RunFolderError, type Corpus, type DenseMatrix } from '@xtm/contracts';
import { readVocabulary } from '@xtm/data';
import { dominantTopics } from '@xtm/metrics';
import { columnMeans } from '@xtm/numeric';
import { EventLog, readEvaluation, readRunDocuments, readRunMatrix, readRunTopics, readTopicEdits, rankingScores, shownTopicWord } from '@xtm/pipeline';
import { joinSplits } from './language-documents';
import { readReportedConfig } from './reported-config';
import type { RunMaterial } from './run-material';

/**
 * Reads what a finished run left in its folder, with people's edits of its topics applied.
 *
 * @param corpus the data that it was trained on, for texts, words and the dictionary
 * @throws MissingFileError before the run has finished, RunFolderError, DataFormatError
 */
export async function readRun(path: string, corpus?: Corpus): Promise<RunMaterial> {
  const config = readReportedConfig(path);
  const { languages, topics: trained, ranking } = readRunTopics(path);
  const { topics, sets } = readRunDocuments(path);
  if (topics.length === 0) throw new RunFolderError(path, 'all its topics are hidden', { advice: `See "xtm topics ${path} --help" for how to show them again.` });
  const documents = languages.map(({ suffix }) => joinSplits(sets.filter(({ language }) => language.suffix === suffix)));
  const shown = (name: string) => languages.map(({ suffix }) =>
    shownTopicWord(readRunMatrix(path, `${name}_${suffix}.npy`), topics, columnMeans(readRunMatrix(path, `documentTopics_${suffix}_train.npy`))));
  const topicWord = shown('topicWord');
  const training = languages.map(({ suffix }) => sets.find(({ language, split }) => language.suffix === suffix && split === 'train')!.proportions);
  return {
    path,
    name: basename(resolve(path)),
    config,
    languages,
    vocabularies: await Promise.all(languages.map(({ suffix }) => readVocabulary(join(path, `vocabulary_${suffix}.txt`)))),
    topics,
    numTrainedTopics: trained.length,
    hidden: readTopicEdits(path).hidden,
    topicWord,
    ranking,
    wordScores: rankingScores({ ranking, topicWord, ...(ranking === 'weights' && { topicWeights: shown('topicWeights') }) }),
    weights: training.map((proportions) => columnMeans(proportions)),
    mainTopicOf: training.map(mainTopicShares),
    documents,
    events: new EventLog(join(path, 'events.jsonl')).read(),
    rounds: new EventLog(join(path, 'refinements.jsonl')).read(),
    evaluation: readEvaluation(path),
    ...(corpus !== undefined && { corpus }),
  };
}

/** Share of the documents whose main topic each topic is [topics]. */
function mainTopicShares(proportions: DenseMatrix): Float64Array {
  const shares = new Float64Array(proportions.columns);
  for (const topic of dominantTopics(proportions)) shares[topic]! += 1 / proportions.rows;
  return shares;
}
