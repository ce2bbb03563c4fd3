import { basename, resolve } from 'node:path';
import {
  type Corpus,
  type CorpusLanguage,
  type DenseMatrix,
  type Language,
  RunFolderError,
  type SparseRows,
  type WordRanking,
} from '@xtm/contracts';
import { dominantTopics, type TopicEvaluation } from '@xtm/metrics';
import { columnMeans } from '@xtm/numeric';
import {
  type DocumentFacts,
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
  type RoundRecord,
  type RunConfig,
  type RunDocumentSet,
  type RunEvent,
  type ShownTopic,
  shownTopicWord,
} from '@xtm/pipeline';

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
  if (topics.length === 0)
    throw new RunFolderError(path, 'all its topics are hidden', {
      advice: `See "xtm topics ${path} --help" for how to show them again.`,
    });
  const documents = languages.map(({ suffix }) =>
    joinSplits(sets.filter(({ language }) => language.suffix === suffix)),
  );
  const prevalence = languages.map((language) => columnMeans(readDocumentTopics(path, language, 'train')));
  const shown = (read: typeof readTopicWord) =>
    languages.map((language, at) => shownTopicWord(read(path, language), topics, prevalence[at]!));
  const topicWord = shown(readTopicWord);
  const training = languages.map(
    ({ suffix }) => sets.find(({ language, split }) => language.suffix === suffix && split === 'train')!.proportions,
  );
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
    wordScores: rankingScores({
      ranking,
      topicWord,
      ...(ranking === 'weights' && { topicWeights: shown(readTopicWeights) }),
    }),
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

/** All that is known of a finished run. Arrays over languages are in the order of `languages`. */
export interface RunMaterial {
  readonly path: string;
  readonly name: string;
  readonly config: RunConfig;
  readonly languages: readonly Language[];
  readonly vocabularies: readonly (readonly string[])[];
  /** Topics after people's edits. */
  readonly topics: readonly ShownTopic[];
  /** Topics as they were trained. */
  readonly numTrainedTopics: number;
  readonly hidden: readonly number[];
  /** Topic-word probabilities of the shown topics [topics, vocabulary]. */
  readonly topicWord: readonly DenseMatrix[];
  readonly ranking: WordRanking;
  /** What the words of the shown topics are ranked by [topics, vocabulary]. */
  readonly wordScores: readonly DenseMatrix[];
  /** Mean share of the shown topics in the training documents of each language [languages][topics]. */
  readonly weights: readonly Float64Array[];
  /** Share of the training documents of each language whose main topic a shown topic is [languages][topics]. */
  readonly mainTopicOf: readonly Float64Array[];
  readonly documents: readonly LanguageDocuments[];
  readonly events: readonly RunEvent[];
  /** Rounds of refinement as they came. */
  readonly rounds: readonly RoundRecord[];
  readonly evaluation: TopicEvaluation;
  /** The data that the run was trained on, where they are at hand. */
  readonly corpus?: Corpus;
}

/** What a run's folder says of a document; those without an id are counted from 1. */
export interface ReportedDocument extends DocumentFacts {
  readonly id: string;
  readonly split: string;
}

/** The documents of one language, training documents first. */
export interface LanguageDocuments {
  /** Shares of the shown topics [documents, topics]; what hidden topics had is missing from the rows. */
  readonly proportions: DenseMatrix;
  /** [documents]. */
  readonly facts: readonly ReportedDocument[];
}

/** Puts the splits of one language together. */
function joinSplits(sets: readonly RunDocumentSet[]): LanguageDocuments {
  const facts = sets.flatMap(({ split, facts: ofSplit }) =>
    ofSplit.map((document, index) => ({ ...document, id: document.id ?? String(index + 1), split })),
  );
  const columns = sets[0]!.proportions.columns;
  const data = new Float32Array(facts.length * columns);
  let start = 0;
  for (const { proportions } of sets) {
    data.set(proportions.data, start);
    start += proportions.data.length;
  }
  return { proportions: { rows: facts.length, columns, data }, facts };
}

/** Where a document's text and words are. */
interface DocumentContent {
  readonly text?: string;
  readonly rows: SparseRows;
  readonly row: number;
}

/** Text and words of a document, counted as in `LanguageDocuments`. */
export function contentOf({ train, test }: CorpusLanguage, document: number): DocumentContent {
  const inTest = document >= train.rows.rows && test !== undefined;
  const documents = inTest ? test : train;
  const row = inTest ? document - train.rows.rows : document;
  return { text: documents.texts?.[row], rows: documents.rows, row };
}
