import { basename, join, resolve } from 'node:path';
import { RunFolderError, type Corpus } from '@xtm/contracts';
import { readVocabulary } from '@xtm/data';
import { columnMeans } from '@xtm/numeric';
import { EventLog, readEvaluation, readRunDocuments, readRunMatrix, readRunTopics, readTopicEdits, shownTopicWord } from '@xtm/pipeline';
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
  const { languages, topics: trained } = readRunTopics(path);
  const { topics, sets } = readRunDocuments(path);
  if (topics.length === 0) throw new RunFolderError(path, 'all its topics are hidden', { advice: `See "xtm topics ${path} --help" for how to show them again.` });
  const documents = languages.map(({ suffix }) => joinSplits(sets.filter(({ language }) => language.suffix === suffix)));
  const topicWord = languages.map(({ suffix }) =>
    shownTopicWord(readRunMatrix(path, `topicWord_${suffix}.npy`), topics, columnMeans(readRunMatrix(path, `documentTopics_${suffix}_train.npy`))));
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
    weights: documents.map(({ proportions }) => columnMeans(proportions)),
    documents,
    events: new EventLog(join(path, 'events.jsonl')).read(),
    rounds: new EventLog(join(path, 'refinements.jsonl')).read(),
    evaluation: readEvaluation(path),
    ...(corpus !== undefined && { corpus }),
  };
}
