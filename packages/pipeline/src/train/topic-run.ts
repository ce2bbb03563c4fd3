import {
  type Corpus,
  type DenseMatrix,
  InvalidOptionError,
  type Language,
  type RunOptions,
  type SparseRows,
  type TopicModel,
} from '@xtm/contracts';
import { findLanguage, type Preprocessing, vectorize } from '@xtm/data';
import type { SpendingSummary } from '@xtm/llm';
import type { TopicEvaluation } from '@xtm/metrics';
import { columnMeans } from '@xtm/numeric';
import { evaluateModel } from '../evaluation/evaluate-model';
import type { EvaluationOptions } from '../evaluation/evaluation-options';
import { rankingScores, topWords } from '../model/word-ranking';
import type { WeightedWord } from '../run-folder/topics';
import { editTopics, readTopicEdits, type TopicEdits } from '../run-folder/topic-edits';
import { changeTopicEdits, type TopicChanges } from '../topic-edits/change-topic-edits';
import type { RefineOptions } from './train-options';
import { applyTopicEdits, type ShownTopic, shownProportions, shownTopicWord } from '../topic-edits/shown-topics';

/** A topic after people's edits, with its first words by language code. */
export interface RunTopic extends ShownTopic {
  readonly words: Readonly<Record<string, readonly WeightedWord[]>>;
}

/** A document with its topics. */
export interface RunDocument {
  readonly id?: string;
  readonly label?: string;
  readonly text?: string;
  /** Proportions of the shown topics, in their order. */
  readonly shares: readonly number[];
  /** Index of the topic with the largest share. */
  readonly mainTopic: number;
}

/** What a run is made of. */
export interface TopicRunParts {
  readonly model: TopicModel;
  readonly evaluation: TopicEvaluation;
  /** What it was trained on, or how to find it; a run opened from its folder may be without. */
  readonly corpus?: Corpus | (() => Promise<Corpus>);
  /** How new texts become words; texts cannot be inferred without it. */
  readonly preprocessing?: Preprocessing;
  /** Where it is kept; edits live in memory without one. */
  readonly folder?: string;
  /** False when the folder held the finished run already. Default true. */
  readonly trained?: boolean;
  /** What is disposed of with the run, such as the embedder by which the model places documents. */
  readonly owned?: readonly { dispose(): Promise<void> }[];
  /** What a language model has cost, where one refined. */
  readonly spending?: SpendingSummary;
  /** Trains a phase 2 on this run's phase 1. */
  readonly refine?: (options: RefineOptions) => Promise<TopicRun>;
}

const NOTHING_EDITED: TopicEdits = { names: {}, merged: [], hidden: [] };

/** A trained model with all that one asks of it. What its methods give is plain JSON. `dispose` frees the model. */
export class TopicRun {
  readonly folder?: string;
  readonly model: TopicModel;
  readonly evaluation: TopicEvaluation;
  readonly languages: readonly Language[];
  /** Whether this call trained it, rather than finding it finished. */
  readonly trained: boolean;
  /** What a language model has cost in this call, where one refined. */
  readonly spending?: SpendingSummary;
  private readonly corpus: TopicRunParts['corpus'];
  private readonly owned: NonNullable<TopicRunParts['owned']>;
  private readonly refineThis: TopicRunParts['refine'];
  /** How new texts become words; texts cannot be inferred without it. */
  readonly preprocessing?: Preprocessing;
  private readonly proportions = new Map<number, DenseMatrix>();
  private edits: TopicEdits = NOTHING_EDITED;

  constructor(parts: TopicRunParts) {
    const { model, evaluation, corpus, preprocessing, folder, trained = true, owned = [], spending, refine } = parts;
    this.model = model;
    this.evaluation = evaluation;
    this.languages = model.languages;
    this.trained = trained;
    this.corpus = corpus;
    if (preprocessing !== undefined) this.preprocessing = preprocessing;
    this.owned = owned;
    this.refineThis = refine;
    if (folder !== undefined) this.folder = folder;
    if (spending !== undefined) this.spending = spending;
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
    const wordsOf = (row: number) => Object.fromEntries(this.languages.map(({ code }, index) => [code, words[index]![row]!]));
    return topics.map((topic, row) => ({ ...topic, words: wordsOf(row) }));
  }

  /**
   * The training documents of one language with their topics.
   *
   * @throws InvalidOptionError for another language, and where the run does not know its corpus
   */
  async documents(language: string): Promise<RunDocument[]> {
    const index = this.indexOf(language);
    const { ids, labels, texts } = (await this.knownCorpus('documents')).languages[index]!.train;
    const shares = describeShares(await this.trainProportions(index), this.shownTopics());
    return shares.map((document, row) => ({
      ...(ids && { id: ids[row]! }),
      ...(labels && { label: labels[row]! }),
      ...(texts && { text: texts[row]! }),
      ...document,
    }));
  }

  /**
   * Topics of new texts of one language.
   *
   * @throws InvalidOptionError for another language, and for a model that was trained without preprocessing
   */
  async infer(texts: readonly string[], language: string, run: RunOptions = {}): Promise<RunDocument[]> {
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
  async inferRows(rows: SparseRows, language: string, run: RunOptions = {}): Promise<RunDocument[]> {
    const { proportions } = await this.model.transform(rows, this.indexOf(language), run);
    return describeShares(proportions, this.shownTopics());
  }

  /** Measures the model on its corpus. Throws `InvalidOptionError` where the run does not know it. */
  async evaluate(options: EvaluationOptions = {}): Promise<TopicEvaluation> {
    return evaluateModel(this.model, await this.knownCorpus('evaluate'), options);
  }

  /**
   * Phase 2 (LLM-XTM) on the model as it was at the end of its phase 1, with the settings that it was trained with; in
   * a folder of its own where `folder` names one. This run stays as it is.
   *
   * @throws InvalidOptionError for a baseline, and where the run does not know its corpus; RunFolderError where the end
   *   of phase 1 is not kept any more; and what `train` throws
   */
  async refine(options: RefineOptions): Promise<TopicRun> {
    if (this.refineThis === undefined) {
      throw new InvalidOptionError('refine', this.model.name, 'the end of its phase 1 is not known');
    }
    return this.refineThis(options);
  }

  /** Names, merges or hides topics; a run in a folder keeps that there. The trained model stays as it is. */
  edit(changes: TopicChanges): TopicEdits {
    const change = (edits: TopicEdits): TopicEdits => changeTopicEdits(edits, changes, this.model.numTopics);
    if (this.folder !== undefined) return editTopics(this.folder, change);
    this.edits = change(this.edits);
    return this.edits;
  }

  rename(topic: number, name: string): TopicEdits {
    return this.edit({ rename: [[topic, name]] });
  }

  merge(...topics: readonly number[]): TopicEdits {
    return this.edit({ merge: [topics] });
  }

  hide(...topics: readonly number[]): TopicEdits {
    return this.edit({ hide: topics });
  }

  /** Writes the model alone, from which `loadNeuralTopicModel` reads it. */
  save(folder: string): Promise<void> {
    return this.model.save(folder);
  }

  /** Frees the model, and the embedder where the run opened one. */
  async dispose(): Promise<void> {
    this.model.dispose();
    for (const part of this.owned) await part.dispose();
  }

  private shownTopics(): ShownTopic[] {
    return applyTopicEdits(this.folder === undefined ? this.edits : readTopicEdits(this.folder), this.model.numTopics);
  }

  /** Throws `InvalidOptionError` unless the run has the language, named by its code or file suffix. */
  requireLanguage(language: string): void {
    this.indexOf(language);
  }

  private indexOf(language: string): number {
    const index = findLanguage(this.languages, language);
    if (index >= 0) return index;
    throw new InvalidOptionError('language', language, `the run has ${this.languages.map(({ code }) => code).join(' and ')}`);
  }

  private async knownCorpus(purpose: string): Promise<Corpus> {
    if (this.corpus !== undefined) return typeof this.corpus === 'function' ? this.corpus() : this.corpus;
    throw new InvalidOptionError('corpus', undefined, `is needed for ${purpose}`, { advice: 'Give the corpus when the run is opened.' });
  }

  private async trainProportions(index: number): Promise<DenseMatrix> {
    const known = this.proportions.get(index);
    if (known !== undefined) return known;
    const { rows, texts } = (await this.knownCorpus('documents')).languages[index]!.train;
    const { proportions } = await this.model.transform(rows, index, { texts });
    this.proportions.set(index, proportions);
    return proportions;
  }

  /** Mean proportions over the training documents; only mergers need them, and equal ones do without a corpus. */
  private async prevalence(index: number, topics: readonly ShownTopic[]): Promise<ArrayLike<number>> {
    const hasMergers = topics.some(({ members }) => members.length > 1);
    if (hasMergers && typeof this.corpus === 'object') return columnMeans(await this.trainProportions(index));
    return new Float64Array(this.model.numTopics).fill(1 / this.model.numTopics);
  }
}

function warnOfEmptyDocuments({ rows, indptr }: SparseRows, { onWarning }: RunOptions): void {
  const empty = Array.from({ length: rows }, (_, row) => indptr[row] === indptr[row + 1]).filter(Boolean).length;
  if (empty === 0) return;
  const consequence = 'their topics are what the model gives an empty document';
  onWarning?.(`documents without a word of the vocabulary: ${empty}; ${consequence}`);
}

function describeShares(proportions: DenseMatrix, topics: readonly ShownTopic[]): Pick<RunDocument, 'shares' | 'mainTopic'>[] {
  const { rows, columns, data } = shownProportions(proportions, topics);
  return Array.from({ length: rows }, (_, row) => {
    const shares = Array.from(data.subarray(row * columns, (row + 1) * columns));
    return { shares, mainTopic: topics[shares.indexOf(Math.max(...shares))]?.index ?? -1 };
  });
}
