import { basename, resolve } from 'node:path';
import { RunFolderError, type Corpus, type DenseMatrix } from '@xtm/contracts';
import { dominantTopics } from '@xtm/metrics';
import { columnMeans } from '@xtm/numeric';
import {
  rankingScores,
  readDocumentTopics,
  readEvaluation,
  readRefinementRounds,
  readRunConfig,
  readRunDocuments,
  readRunEvents,
  readRunTopics,
  readRunVocabulary,
  readTopicEdits,
  readTopicWeights,
  readTopicWord,
  shownTopicWord,
} from '@xtm/pipeline';
import { joinSplits } from './language-documents';
import type { RunMaterial } from './run-material';

/**
 * Reads what a finished run left in its folder, with people's edits of its topics applied.
 *
 * @param corpus the data that it was trained on, for texts, words and the dictionary
 * @throws MissingFileError before the run has finished, RunFolderError, DataFormatError
 */
export async function readRun(path: string, corpus?: Corpus): Promise<RunMaterial> {
  const config = readRunConfig(path);
  const { languages, topics: trained, ranking } = readRunTopics(path);
  const { topics, sets } = readRunDocuments(path);
  if (topics.length === 0) throw new RunFolderError(path, 'all its topics are hidden', { advice: `See "xtm topics ${path} --help" for how to show them again.` });
  const documents = languages.map(({ suffix }) => joinSplits(sets.filter(({ language }) => language.suffix === suffix)));
  const prevalence = languages.map((language) => columnMeans(readDocumentTopics(path, language, 'train')));
  const shown = (read: typeof readTopicWord) =>
    languages.map((language, at) => shownTopicWord(read(path, language), topics, prevalence[at]!));
  const topicWord = shown(readTopicWord);
  const training = languages.map(({ suffix }) => sets.find(({ language, split }) => language.suffix === suffix && split === 'train')!.proportions);
  return {
    path,
    name: basename(resolve(path)),
    config,
    languages,
    vocabularies: await Promise.all(languages.map((language) => readRunVocabulary(path, language))),
    topics,
    numTrainedTopics: trained.length,
    hidden: readTopicEdits(path).hidden,
    topicWord,
    ranking,
    wordScores: rankingScores({ ranking, topicWord, ...(ranking === 'weights' && { topicWeights: shown(readTopicWeights) }) }),
    weights: training.map((proportions) => columnMeans(proportions)),
    mainTopicOf: training.map(mainTopicShares),
    documents,
    events: readRunEvents(path),
    rounds: readRefinementRounds(path),
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
