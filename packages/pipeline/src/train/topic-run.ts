import { type Corpus, type DenseMatrix, InvalidOptionError } from '@xtm/contracts';
import type { SpendingSummary } from '@xtm/llm';
import type { TopicEvaluation } from '@xtm/metrics';
import { columnMeans } from '@xtm/numeric';
import { evaluateModel } from '../evaluation/evaluate-model';
import type { EvaluationOptions } from '../evaluation/evaluation-options';
import { describeShares, type InferenceParts, InferenceRun, type InferredDocument } from '../inference/inference-run';
import { editTopics, NOTHING_EDITED, type TopicEdits } from '../run-folder/topic-edits';
import { changeTopicEdits, type TopicChanges } from '../topic-edits/change-topic-edits';
import type { ShownTopic } from '../topic-edits/shown-topics';
import type { RefineOptions } from './train-options';

/** A document with its topics. */
export interface RunDocument extends InferredDocument {
  readonly id?: string;
  readonly label?: string;
  readonly text?: string;
}

/** What a run is made of; edits live in memory where it has no folder. */
export interface TopicRunParts extends InferenceParts {
  readonly evaluation: TopicEvaluation;
  /** What it was trained on, or how to find it; a run opened from its folder may be without. */
  readonly corpus?: Corpus | (() => Promise<Corpus>);
  /** False when the folder held the finished run already. Default true. */
  readonly trained?: boolean;
  /** What a language model has cost, where one refined. */
  readonly spending?: SpendingSummary;
  /** Trains a phase 2 on this run's phase 1. */
  readonly refine?: (options: RefineOptions) => Promise<TopicRun>;
}

/** A trained model with all that one asks of it. What its methods give is plain JSON. `dispose` frees the model. */
export class TopicRun extends InferenceRun {
  readonly evaluation: TopicEvaluation;
  /** Whether this call trained it, rather than finding it finished. */
  readonly trained: boolean;
  /** What a language model has cost in this call, where one refined. */
  readonly spending?: SpendingSummary;
  private readonly corpus: TopicRunParts['corpus'];
  private readonly refineThis: TopicRunParts['refine'];
  private readonly proportions = new Map<number, DenseMatrix>();
  private edits: TopicEdits = NOTHING_EDITED;

  constructor(parts: TopicRunParts) {
    super(parts);
    const { evaluation, corpus, trained = true, spending, refine } = parts;
    this.evaluation = evaluation;
    this.trained = trained;
    this.corpus = corpus;
    this.refineThis = refine;
    if (spending !== undefined) this.spending = spending;
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

  protected override topicEdits(): TopicEdits {
    return this.folder === undefined ? this.edits : super.topicEdits();
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
  protected override async prevalence(index: number, topics: readonly ShownTopic[]): Promise<ArrayLike<number>> {
    const hasMergers = topics.some(({ members }) => members.length > 1);
    if (hasMergers && typeof this.corpus === 'object') return columnMeans(await this.trainProportions(index));
    return super.prevalence(index, topics);
  }
}
