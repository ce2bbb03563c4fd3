import {
  type DenseMatrix,
  InvalidOptionError,
  type Language,
  type RunOptions,
  type SparseRows,
  type TopicModel,
} from '@xtm/contracts';
import { findLanguage, type Preprocessing, vectorize } from '@xtm/data';
import { rankingScores, topWords } from '../model/word-ranking';
import { NOTHING_EDITED, readTopicEdits, type TopicEdits } from '../run-folder/topic-edits';
import type { WeightedWord } from '../run-folder/topics';
import { applyTopicEdits, type ShownTopic, shownProportions, shownTopicWord } from '../topic-edits/shown-topics';

/** A topic after people's edits, with its first words by language code. */
export interface RunTopic extends ShownTopic {
  readonly words: Readonly<Record<string, readonly WeightedWord[]>>;
}

/** Topics of a document. */
export interface InferredDocument {
  /** Proportions of the shown topics, in their order. */
  readonly shares: readonly number[];
  /** Index of the topic with the largest share. */
  readonly mainTopic: number;
}

/** What infers topics. */
export interface InferenceParts {
  readonly model: TopicModel;
  /** How new texts become words; texts cannot be inferred without it. */
  readonly preprocessing?: Preprocessing;
  /** Where it is kept; nobody has edited its topics without one. */
  readonly folder?: string;
  /** What is disposed of with the run, such as the embedder by which the model places documents. */
  readonly owned?: readonly { dispose(): Promise<void> }[];
}

/** A trained model that infers topics of new documents. What its methods give is plain JSON. `dispose` frees it. */
export class InferenceRun {
  readonly folder?: string;
  readonly model: TopicModel;
  readonly languages: readonly Language[];
  /** How new texts become words; texts cannot be inferred without it. */
  readonly preprocessing?: Preprocessing;
  private readonly owned: NonNullable<InferenceParts['owned']>;

  constructor({ model, preprocessing, folder, owned = [] }: InferenceParts) {
    this.model = model;
    this.languages = model.languages;
    this.owned = owned;
    if (preprocessing !== undefined) this.preprocessing = preprocessing;
    if (folder !== undefined) this.folder = folder;
  }

  /**
   * The topics after all edits, with their first words in every language.
   *
   * @param count words per topic and language; default 10
   */
  async topics(count = 10): Promise<RunTopic[]> {
    const { model } = this;
    const topics = this.shownTopics();
    const ranking = model.wordRanking ?? 'probability';
    const words = await Promise.all(this.languages.map(async (_, index) => {
      const prevalence = await this.prevalence(index, topics);
      const shown = (matrix: DenseMatrix): DenseMatrix => shownTopicWord(matrix, topics, prevalence);
      const topicWord = shown(model.topicWord[index]!);
      const topicWeights = model.topicWeights && [shown(model.topicWeights[index]!)];
      const [scores] = rankingScores({ ranking, topicWord: [topicWord], ...(topicWeights && { topicWeights }) });
      return topWords(scores!, topicWord, model.vocabularies[index]!, count);
    }));
    const wordsOf = (row: number) =>
      Object.fromEntries(this.languages.map(({ code }, index) => [code, words[index]![row]!]));
    return topics.map((topic, row) => ({ ...topic, words: wordsOf(row) }));
  }

  /**
   * Topics of new texts of one language.
   *
   * @throws InvalidOptionError for another language, and for a model that was trained without preprocessing
   */
  async infer(texts: readonly string[], language: string, run: RunOptions = {}): Promise<InferredDocument[]> {
    const index = this.indexOf(language);
    const preprocessing = this.preprocessing?.languages[index];
    if (preprocessing === undefined) {
      throw new InvalidOptionError('corpus', undefined, 'the run does not know how its texts became words', {
        advice: 'Train it on a dataset of prepareCorpus or loadDataset, or infer bags of words by inferRows.',
      });
    }
    const rows = await vectorize(texts, preprocessing, this.model.vocabularies[index]!, run);
    warnOfEmptyDocuments(rows, run);
    const { proportions } = await this.model.transform(rows, index, { ...run, texts });
    return describeShares(proportions, this.shownTopics());
  }

  /** The same of bags of words over the run's vocabulary. */
  async inferRows(rows: SparseRows, language: string, run: RunOptions = {}): Promise<InferredDocument[]> {
    const { proportions } = await this.model.transform(rows, this.indexOf(language), run);
    return describeShares(proportions, this.shownTopics());
  }

  /** Throws `InvalidOptionError` unless the run has the language, named by its code or file suffix. */
  requireLanguage(language: string): void {
    this.indexOf(language);
  }

  /** Frees the model, and the embedder where the run opened one. */
  async dispose(): Promise<void> {
    this.model.dispose();
    for (const part of this.owned) await part.dispose();
  }

  protected topicEdits(): TopicEdits {
    return this.folder === undefined ? NOTHING_EDITED : readTopicEdits(this.folder);
  }

  protected shownTopics(): ShownTopic[] {
    return applyTopicEdits(this.topicEdits(), this.model.numTopics);
  }

  protected indexOf(language: string): number {
    const index = findLanguage(this.languages, language);
    if (index >= 0) return index;
    const known = this.languages.map(({ code }) => code).join(' and ');
    throw new InvalidOptionError('language', language, `the run has ${known}`);
  }

  /** What the words of mergers are weighted by, per topic: its mean proportion, where that is known. */
  protected async prevalence(_languageIndex: number, _topics: readonly ShownTopic[]): Promise<ArrayLike<number>> {
    return new Float64Array(this.model.numTopics).fill(1 / this.model.numTopics);
  }
}

/** Documents by their proportions of the trained topics [documents, topics]. */
export function describeShares(proportions: DenseMatrix, topics: readonly ShownTopic[]): InferredDocument[] {
  const { rows, columns, data } = shownProportions(proportions, topics);
  return Array.from({ length: rows }, (_, row) => {
    const shares = Array.from(data.subarray(row * columns, (row + 1) * columns));
    return { shares, mainTopic: topics[shares.indexOf(Math.max(...shares))]?.index ?? -1 };
  });
}

function warnOfEmptyDocuments({ rows, indptr }: SparseRows, { onWarning }: RunOptions): void {
  const empty = Array.from({ length: rows }, (_, row) => indptr[row] === indptr[row + 1]).filter(Boolean).length;
  if (empty === 0) return;
  const consequence = 'their topics are what the model gives an empty document';
  onWarning?.(`documents without a word of the vocabulary: ${empty}; ${consequence}`);
}
