import type { BackboneDefinition, BackboneResources, Corpus, Embedder, ModelChoice, ModelDefinition, RandomGenerator, RunOptions, TopicRefiner } from '@xtm/contracts';
import type { Dataset } from '@xtm/data';
import type { BackendRequest } from '@xtm/tensor';
import type { ClassifierName } from '../evaluation/evaluation-options';
import type { RefinementOptions, RefinementSettings } from '../refinement/refinement-settings';
import type { RunRecord } from '../run/make-run-config';
import type { BaselineSettings, TrainingOptions, TrainingSettings } from '../training/training-settings';

/** Whether a model has epochs and may have a phase 2; others are fitted in one call. */
export function isBackbone(model: ModelDefinition): model is BackboneDefinition {
  return model.kind === 'backbone';
}

/** Makes a refiner that needs to know the corpus and its embeddings. */
export type RefinerFactory = (resources: BackboneResources, generator: RandomGenerator) => TopicRefiner;

/** Phase 2 (LLM-XTM): what refines topics' words, and its settings. */
export interface PhaseTwo extends RefinementOptions {
  readonly refiner: TopicRefiner | RefinerFactory;
}

/** Where clusters and word vectors come from that a dataset may bring: the dataset where it has them, if not said. */
export interface SourceChoices {
  /** For XTRA. */
  readonly clusters?: 'dataset' | 'embedder';
  /** For InfoCTM. */
  readonly wordVectors?: 'dataset' | 'embedder';
}

/** What a call of `train` says, beside training's own settings (`numTopics`, `epochs`, `seed`, …), which stand with it. */
export interface TrainOptions extends TrainingOptions, SourceChoices, RunOptions {
  /** A corpus, or a dataset of `loadDataset` or `prepareCorpus`, whose preprocessing lets the run infer topics of new texts. */
  readonly corpus: Corpus | Dataset;
  /** One of `@xtm/backbones` or `@xtm/baselines` with its options, or your own: `xtra({ documentContrastWeight: 80 })`. */
  readonly model: ModelChoice;
  /** Meets what the model and phase 2 need embeddings for. The caller disposes it. */
  readonly embedder?: Embedder;
  /** Phase 2, where it is wanted. */
  readonly refinement?: PhaseTwo;
  /** Whether refined words also match vocabulary words of the same stem. Default false. */
  readonly matchStems?: boolean;
  /** Classifiers that evaluation trains on labelled documents. Default linear and rbf. */
  readonly classifiers?: readonly ClassifierName[];
  /** What computes; default what is best here. */
  readonly backend?: BackendRequest;
  /** Threads of the wasm backend; default one per processor. */
  readonly threads?: number;
  /** Where the run is kept, and resumed from if it was begun there; nothing is written without it. */
  readonly folder?: string;
  /** Folder of a finished run with phase 1 alone whose model phase 2 goes on from. Needs a `folder` of its own. */
  readonly phaseOne?: string;
  readonly record?: RunRecord;
  /** Told what will be done, with every default filled in, before it begins. */
  readonly onStart?: (plan: TrainingPlan) => void;
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
