import type { BackboneDefinition, ModelChoice, ModelResources, RunOptions } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { type RefinementComponents, refineModel } from './refinement/refinement-phase';
import { resolveRefinementSettings, type RefinementOptions } from './refinement/refinement-settings';
import { completeNeuralTopicModel, readDecoderWeights } from './model/complete-model';
import type { NeuralTopicModel } from './model/neural-topic-model';
import type { StoredCheckpoint } from './run-folder/checkpoint-store';
import type { RunFolder } from './run-folder/run-folder';
import { checkResources, refinementNeeds } from './resources/check-resources';
import { encodeCheckpoint, restoreCheckpoint } from './training/checkpoint';
import { backboneObjective } from './training/objective';
import { trainEpochs } from './training/train-epochs';
import { Trainer } from './training/trainer';
import { resolveTrainingSettings, type TrainingOptions } from './training/training-settings';

/** Phase 2. Its embedder is the one that the resources' word and document embeddings came from. */
export interface Refinement extends RefinementComponents {
  readonly options?: RefinementOptions;
}

export interface FitOptions extends RunOptions {
  /** The model to train with its options, for example `nmtm()` of `@xtm/backbones`. */
  readonly model: ModelChoice<BackboneDefinition>;
  readonly training?: TrainingOptions;
  /** Phase 2, where it is wanted; phase 1 alone otherwise. */
  readonly refinement?: Refinement;
  /** The end of a phase 1 to go on from, where the folder has no checkpoint of its own. */
  readonly from?: StoredCheckpoint;
  /** Told of the end of phase 1, from which another phase 2 can go on. */
  readonly onPhaseOne?: (checkpoint: StoredCheckpoint) => void;
  /** Where to record epochs and checkpoints, and to resume from; nothing is kept without it. */
  readonly folder?: RunFolder;
}

/**
 * Trains a backbone on a corpus: phase 1, and phase 2 (LLM-XTM) where a refinement is given. A folder that holds
 * checkpoints of the same run is resumed after its last finished epoch, and ends as if it had never stopped. A tensor
 * backend must have been chosen (`useBackend`).
 *
 * @throws InvalidOptionError, MissingNeedError, TrainingDivergedError, AbortedError, RunFolderError
 */
export async function fit(resources: ModelResources, options: FitOptions): Promise<NeuralTopicModel> {
  const { model: { definition, options: modelOptions }, refinement, folder, signal, onProgress } = options;
  const settings = resolveTrainingSettings(options.training ?? {}, definition, resources.corpus);
  const refinementSettings = refinement && resolveRefinementSettings(refinement.options);
  checkResources(definition, settings.numTopics, resources);
  if (refinementSettings !== undefined) checkResources(refinementNeeds(refinementSettings), settings.numTopics, resources);
  const generator = new SeededGenerator(settings.seed);
  const backbone = definition.create(resources, settings.numTopics, modelOptions, generator.fork('initial values'));
  const trainer = new Trainer({ backbone, corpus: resources.corpus, settings, generator });
  try {
    const resumed = resume(trainer, folder, options.from);
    const run = { folder, signal, onProgress, lastCheckpoint: resumed.file };
    const { epochs, clipNorm, wordRanking } = settings;
    // Another phase 2 can go on from there.
    folder?.checkpoints.pin(epochs);
    const startEpoch = () => backboneObjective;
    await trainEpochs(trainer, { stage: 'training', from: resumed.epoch + 1, to: epochs, clipNorm, startEpoch, ...run });
    if (resumed.epoch <= epochs) options.onPhaseOne?.(endOfPhaseOne(trainer, epochs));
    if (refinement !== undefined && refinementSettings !== undefined) {
      await refineModel({
        ...refinement,
        trainer,
        resources,
        settings: refinementSettings,
        wordRanking,
        initialLearningRate: settings.learningRate,
        phaseOneEpochs: epochs,
        epochsDone: Math.max(resumed.epoch, epochs),
        ...run,
      });
    }
    const parts = { name: definition.name, modelOptions, wordRanking, topicWeights: readDecoderWeights(backbone) };
    return await completeNeuralTopicModel(backbone, parts, resources.corpus, { signal, onProgress });
  } catch (error) {
    backbone.dispose();
    throw error;
  } finally {
    trainer.dispose();
  }
}

function endOfPhaseOne(trainer: Trainer, epoch: number): StoredCheckpoint {
  return { epoch, file: 'memory', bytes: encodeCheckpoint(trainer, epoch) };
}

interface Resumption {
  /** Epochs that are done. */
  readonly epoch: number;
  /** The checkpoint they were restored from. */
  readonly file?: string;
}

/** Restores the newest checkpoint, and drops from the record what will be done again; a recorded refinement is not. */
function resume(trainer: Trainer, folder: RunFolder | undefined, from: StoredCheckpoint | undefined): Resumption {
  const checkpoint = folder?.checkpoints.newest() ?? from;
  const epoch = checkpoint === undefined ? 0 : restoreCheckpoint(trainer, checkpoint);
  folder?.events.keep((event) => event.type !== 'epoch' || event.epoch <= epoch);
  return checkpoint === undefined ? { epoch } : { epoch, file: checkpoint.file };
}
