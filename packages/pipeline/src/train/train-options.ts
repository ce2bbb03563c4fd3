import {
  type BackboneDefinition,
  type Corpus,
  type Embedder,
  type EmbedderChoice,
  InvalidOptionError,
  type ModelChoice,
  type ModelDefinition,
  type RunOptions,
  type TopicRefiner,
} from '@xtm/contracts';
import type { Dataset } from '@xtm/data';
import type { RefinerChoice } from '@xtm/refiner';
import type { BackendRequest } from '@xtm/tensor';
import type { ClassifierName } from '../evaluation/evaluation-options';
import { type RefinementOptions, refinementSchema, type RefinementSettings } from '../refinement/refinement-settings';
import type { RunRecord } from '../run/make-run-config';
import {
  type BaselineSettings,
  type TrainingOptions,
  trainingSchema,
  type TrainingSettings,
} from '../training/training-settings';

/** Whether a model has epochs and may have a phase 2; others are fitted in one call. */
export function isBackbone(model: ModelDefinition): model is BackboneDefinition {
  return model.kind === 'backbone';
}

/** Phase 2 (LLM-XTM): what refines topics' words, and its settings. */
export interface PhaseTwo extends RefinementOptions {
  /** `chat(…)` or `corpusRefiner()` of `@xtm/refiner`, or your own. */
  readonly refiner: RefinerChoice | TopicRefiner;
}

/** Where clusters and word vectors come from that a dataset may bring: the dataset where it has them, if not said. */
export interface SourceChoices {
  /** For XTRA. */
  readonly clusters?: 'dataset' | 'embedder';
  /** For InfoCTM. */
  readonly wordVectors?: 'dataset' | 'embedder';
}

/** What belongs to a call and not to what it trains. */
export interface CallOptions extends RunOptions {
  /**
   * Where the run is kept, and resumed from if it was begun there; nothing is written without it.
   */
  readonly folder?: string;
  /** What computes; default what is best here. */
  readonly backend?: BackendRequest;
  /** Threads of the wasm backend; default one per processor. */
  readonly threads?: number;
  /** Variables that hold keys and say where caches are; default those of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly record?: RunRecord;
  /** Told what will be done, with every default filled in, before it begins. */
  readonly onStart?: (plan: TrainingPlan) => void;
}

/**
 * What a call of `train` says, beside training's own settings (`numTopics`, `epochs`, `seed`, …), which stand with it.
 */
export interface TrainOptions extends TrainingOptions, SourceChoices, CallOptions {
  /**
   * A corpus, or a dataset of `loadDataset` or `prepareCorpus`, whose preprocessing lets the run infer topics of new
   * texts.
   */
  readonly corpus: Corpus | Dataset;
  /**
   * One of `@xtm/backbones` or `@xtm/baselines` with its options, or your own: `xtra({ documentContrastWeight: 80 })`.
   */
  readonly model: ModelChoice;
  /**
   * Meets what the model and phase 2 need embeddings for: `aligned()`, `onnx({ folder })` and others of
   * `@xtm/embedder`, which are opened where they are needed and disposed of with the run; or one that is open, which
   * stays yours.
   */
  readonly embedder?: EmbedderChoice | Embedder;
  /** Phase 2, where it is wanted. */
  readonly refinement?: PhaseTwo;
  /** Whether refined words also match vocabulary words of the same stem. Default false. */
  readonly matchStems?: boolean;
  /** Classifiers that evaluation trains on labelled documents. Default linear and rbf. */
  readonly classifiers?: readonly ClassifierName[];
  /** Folder of a finished run with phase 1 alone whose model phase 2 goes on from; `TopicRun.refine` does the same. */
  readonly phaseOne?: string;
}

/** What a refinement of a trained run says: phase 2's settings, and what of the call is its own. */
export interface RefineOptions extends PhaseTwo, CallOptions, Pick<TrainOptions, 'matchStems'> {
  /** Default the run's own, which a model that learnt from embeddings cannot change. */
  readonly embedder?: EmbedderChoice | Embedder;
}

/** What a call of `train` comes to, every default filled in. */
export interface TrainingPlan {
  readonly model: string;
  readonly training: TrainingSettings | BaselineSettings;
  readonly modelOptions: Readonly<Record<string, unknown>>;
  readonly refinement?: RefinementSettings;
  readonly backend: { readonly name: string; readonly path: string };
  readonly folder?: string;
}

/** Names of `TrainOptions` beside training's own. */
const CALL_NAMES: Readonly<Record<Exclude<keyof TrainOptions, keyof TrainingOptions>, true>> = {
  corpus: true,
  model: true,
  embedder: true,
  refinement: true,
  matchStems: true,
  classifiers: true,
  clusters: true,
  wordVectors: true,
  phaseOne: true,
  folder: true,
  backend: true,
  threads: true,
  environment: true,
  record: true,
  onStart: true,
  onProgress: true,
  onWarning: true,
  signal: true,
};

/** Training's own settings among the options. Throws `InvalidOptionError` for a name that is none of `TrainOptions`. */
export function trainingOptionsOf(options: TrainOptions): TrainingOptions {
  const [training, rest] = split(options, trainingSchema.shape);
  const unknown = Object.keys(rest).find((name) => !(name in CALL_NAMES));
  if (unknown !== undefined) {
    const known = [...Object.keys(trainingSchema.shape), ...Object.keys(CALL_NAMES)].join(', ');
    throw new InvalidOptionError(unknown, rest[unknown as keyof typeof rest], 'there is no such option', {
      advice: `Options of train: ${known}.`,
    });
  }
  return training as TrainingOptions;
}

/** A refinement's options as `train` takes them. */
export function refinementCall(options: RefineOptions): Pick<TrainOptions, 'refinement' | 'embedder' | 'matchStems'> & CallOptions {
  const [settings, { refiner, ...call }] = split(options, refinementSchema.shape);
  return { ...call, refinement: { ...settings, refiner } };
}

/** Entries whose names are the shape's, and the others. */
function split<Options extends object, Name extends PropertyKey>(
  options: Options,
  shape: Readonly<Record<Name, unknown>>,
): [Pick<Options, Name & keyof Options>, Omit<Options, Name>] {
  const [inside, outside] = [true, false].map((isInside) =>
    Object.fromEntries(Object.entries(options).filter(([name]) => name in shape === isInside)),
  );
  return [inside as Pick<Options, Name & keyof Options>, outside as Omit<Options, Name>];
}
