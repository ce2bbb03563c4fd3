import { InvalidOptionError, type DenseMatrix, type Language } from '@xtm/contracts';
import { columnMeans } from '@xtm/numeric';
import { rankingScores, topWords } from '../model/word-ranking';
import {
  hasDocuments,
  readDocuments,
  readDocumentTopics,
  SPLITS,
  type DocumentFacts,
  type Split,
} from '../run-folder/documents';
import { readTopicEdits } from '../run-folder/topic-edits';
import { readRunTopics, readTopicWeights, readTopicWord, type WeightedWord } from '../run-folder/topics';
import { readRunVocabulary } from '../run-folder/vocabulary';
import { applyTopicEdits, shownProportions, shownTopicWord, type ShownTopic } from './shown-topics';

/** A shown topic with its first words. */
export interface DescribedTopic extends ShownTopic {
  /** First words as the run ranks them, by the languages' suffixes. */
  readonly words: Readonly<Record<string, readonly WeightedWord[]>>;
}

/** A run's topics after people's edits. */
export interface DescribedTopics {
  readonly languages: readonly Language[];
  readonly topics: readonly DescribedTopic[];
  /** Trained topics that are left out. */
  readonly hidden: readonly number[];
}

/**
 * The topics of a finished run as people want to see them, with any number of words.
 *
 * @param count words per topic and language; default 10
 * @throws InvalidOptionError for a number that is none, MissingFileError before the run has finished, RunFolderError,
 *   DataFormatError
 */
export async function readShownTopics(folder: string, count = 10): Promise<DescribedTopics> {
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidOptionError('top', count, 'must be a whole number of at least 1');
  const { languages, topics: trained, ranking } = readRunTopics(folder);
  const edits = readTopicEdits(folder);
  const topics = applyTopicEdits(edits, trained.length);
  const words: Record<string, WeightedWord[][]> = {};
  for (const language of languages) {
    const prevalence = prevalenceOf(folder, language, topics, trained.length);
    const shown = (matrix: DenseMatrix): DenseMatrix => shownTopicWord(matrix, topics, prevalence);
    const topicWord = shown(readTopicWord(folder, language));
    const topicWeights = ranking === 'weights' ? [shown(readTopicWeights(folder, language))] : undefined;
    const [scores] = rankingScores({ ranking, topicWord: [topicWord], topicWeights });
    words[language.suffix] = topWords(scores!, topicWord, await readRunVocabulary(folder, language), count);
  }
  const wordsOf = (row: number) => Object.fromEntries(languages.map(({ suffix }) => [suffix, words[suffix]![row]!]));
  return { languages, topics: topics.map((topic, row) => ({ ...topic, words: wordsOf(row) })), hidden: edits.hidden };
}

/**
 * Mean proportions over the training documents; only mergers need them, and equal ones do where they were not kept.
 */
function prevalenceOf(
  folder: string,
  language: Language,
  topics: readonly ShownTopic[],
  numTopics: number,
): ArrayLike<number> {
  const hasMergers = topics.some(({ members }) => members.length > 1);
  if (!hasMergers || !hasDocuments(folder, language, 'train')) return new Float64Array(numTopics).fill(1 / numTopics);
  return columnMeans(readDocumentTopics(folder, language, 'train'));
}

/** The documents of one language and one split. */
export interface RunDocumentSet {
  readonly language: Language;
  readonly split: Split;
  /** [documents]; empty objects where the corpus had nothing. */
  readonly facts: readonly DocumentFacts[];
  /** Proportions of the shown topics [documents, shown topics]. */
  readonly proportions: DenseMatrix;
}

/** All documents of a run, with the topics that are shown after people's edits. */
export interface RunDocuments {
  readonly topics: readonly ShownTopic[];
  readonly sets: readonly RunDocumentSet[];
}

/** @throws MissingFileError before the run has finished, RunFolderError where its files do not belong together */
export function readRunDocuments(folder: string): RunDocuments {
  const { languages, topics: trained } = readRunTopics(folder);
  const topics = applyTopicEdits(readTopicEdits(folder), trained.length);
  const sets = languages.flatMap((language) =>
    SPLITS.flatMap((split): RunDocumentSet[] => {
      // Every run has training documents; held-out ones are not a must.
      if (split === 'test' && !hasDocuments(folder, language, split)) return [];
      const { facts, proportions } = readDocuments(folder, language, split, trained.length);
      return [{ language, split, facts, proportions: shownProportions(proportions, topics) }];
    }),
  );
  return { topics, sets };
}
