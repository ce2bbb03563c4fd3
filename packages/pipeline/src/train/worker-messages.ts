import * as contracts from '@xtm/contracts';
import type { Corpus, EmbedderChoice, OptionValues, Progress, SparseRows, TopicModel } from '@xtm/contracts';
import { type Dataset, loadDataset, type LoadDatasetOptions, type Preprocessing } from '@xtm/data';
import { chooseEmbedder, embedders } from '@xtm/embedder';
import type { SpendingSummary } from '@xtm/llm';
import type { TopicEvaluation } from '@xtm/metrics';
import { chooseRefiner, refiners } from '@xtm/refiner';
import { chooseModel, models } from '../models';
import { ChangedSettingsError } from '../run-folder/config';
import { isChoice } from './embedder-source';
import type { TrainingPlan, TrainOptions } from './train-options';

/** Data that a worker loads by itself, which spares this thread reading and copying them. */
export interface DatasetPlace extends LoadDatasetOptions {
  readonly folder: string;
}

/** What a worker trains: as `train`, all of it told by names and plain data. */
export interface WorkerTrainOptions extends Omit<TrainOptions, 'corpus' | 'signal' | 'onProgress' | 'onWarning' | 'onStart'> {
  /** In memory, or where it is. */
  readonly corpus: Corpus | Dataset | DatasetPlace;
}

/** Something with options, by its name in a registry. */
interface NamedChoice {
  readonly name: string;
  readonly options: OptionValues;
}

/** `WorkerTrainOptions` as they go to the worker. */
export interface WorkerCall extends Omit<WorkerTrainOptions, 'model' | 'embedder' | 'refinement'> {
  readonly model: NamedChoice;
  readonly embedder?: NamedChoice;
  readonly refinement?: OptionValues & { readonly refiner: NamedChoice };
}

/** What a thread is asked for. */
export type ThreadTask =
  | { readonly task: 'train'; readonly call: WorkerCall }
  | {
      readonly task: 'transform';
      readonly rows: SparseRows;
      readonly languageIndex: number;
      readonly texts?: readonly string[];
    }
  | { readonly task: 'save'; readonly folder: string };

/** What a thread is told; an answer has the number of what was asked. */
export type ThreadRequest = { readonly id: number } & (ThreadTask | { readonly task: 'abort' });

/** A trained run as it comes back: all of its model but the encoder, which stays in the thread. */
export interface SentRun {
  readonly model: Pick<
    TopicModel,
    'name' | 'languages' | 'vocabularies' | 'numTopics' | 'topicWord' | 'topicWeights' | 'wordRanking'
  >;
  readonly evaluation: TopicEvaluation;
  readonly preprocessing?: Preprocessing;
  readonly trained: boolean;
  readonly spending?: SpendingSummary;
}

/** What a thread tells. */
export type ThreadReply = { readonly id: number } & (
  | { readonly type: 'started'; readonly plan: TrainingPlan }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'warning'; readonly warning: string }
  | { readonly type: 'done'; readonly result: unknown }
  | { readonly type: 'failed'; readonly error: SentError }
);

/**
 * A call as it goes to a worker.
 *
 * @throws InvalidOptionError for a model, embedder or refiner that no registry knows by its name
 */
export function sendCall({ model, embedder, refinement, ...rest }: WorkerTrainOptions): WorkerCall {
  return {
    ...rest,
    model: named('model', model, models),
    ...(embedder && { embedder: named('embedder', isChoice(embedder) ? embedder : undefined, embedders) }),
    ...(refinement && { refinement: { ...refinement, refiner: named('refiner', choiceIn(refinement), refiners) } }),
  };
}

/** The call that was sent, its dataset loaded. */
export async function receiveCall({ model, embedder, refinement, corpus, ...rest }: WorkerCall): Promise<TrainOptions> {
  return {
    ...rest,
    corpus: 'folder' in corpus ? await loadDataset(corpus.folder, withoutFolder(corpus)) : corpus,
    model: chooseModel(model.name, model.options),
    ...(embedder && { embedder: chooseEmbedder(embedder.name, embedder.options) }),
    ...(refinement && {
      refinement: { ...refinement, refiner: chooseRefiner(refinement.refiner.name, refinement.refiner.options) },
    }),
  };
}

function withoutFolder({ folder: _folder, ...options }: DatasetPlace): LoadDatasetOptions {
  return options;
}

interface Choice {
  readonly definition: { readonly name: string };
  readonly options: OptionValues;
}

function choiceIn({ refiner }: NonNullable<TrainOptions['refinement']>): Choice | undefined {
  return 'definition' in refiner ? refiner : undefined;
}

function named(
  option: string,
  choice: Choice | EmbedderChoice | undefined,
  registry: ReadonlyMap<string, unknown>,
): NamedChoice {
  const name = choice?.definition.name;
  if (choice !== undefined && name !== undefined && registry.get(name) === choice.definition) {
    return { name, options: choice.options };
  }
  throw new contracts.InvalidOptionError(option, name, 'is none that a worker knows by its name', {
    advice: `Choose one of ${[...registry.keys()].join(', ')}, or train in this thread.`,
  });
}

/** An error as plain data. */
export interface SentError {
  /** Name of its class. */
  readonly class: string;
  readonly message: string;
  readonly stack?: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly cause?: SentError;
}

export function sendError(error: unknown): SentError {
  if (!(error instanceof Error)) return { class: 'Error', message: String(error), fields: {} };
  const fields = Object.fromEntries(
    Object.entries(error).filter(([name, value]) => name !== 'cause' && canBeSent(value)),
  );
  return {
    class: error.constructor.name,
    message: error.message,
    fields,
    ...(error.stack !== undefined && { stack: error.stack }),
    ...(error.cause !== undefined && { cause: sendError(error.cause) }),
  };
}

function canBeSent(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

/** The error that was sent: of the same class where it is one of xtm's, with the same fields. */
export function receiveError({ class: name, message, stack, fields, cause }: SentError): Error {
  const error = new Error(message, cause && { cause: receiveError(cause) });
  if (stack !== undefined) error.stack = stack;
  const known: Readonly<Record<string, unknown>> = { ...contracts, ChangedSettingsError };
  const found = known[name];
  if (isErrorClass(found)) Object.setPrototypeOf(error, found.prototype);
  return Object.assign(error, fields);
}

function isErrorClass(found: unknown): found is typeof contracts.XtmError {
  return typeof found === 'function' && found.prototype instanceof contracts.XtmError;
}
