import type { Backbone, BackboneDefinition, BackboneResources, RunOptions } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { rowSoftmax } from './results/row-softmax';
import { NeuralTopicModel } from './results/neural-topic-model';
import type { RunFolder } from './run-folder/run-folder';
import { checkResources } from './training/check-resources';
import { restoreCheckpoint } from './training/checkpoint';
import { backboneObjective } from './training/objective';
import { trainEpochs } from './training/train-epochs';
import { Trainer } from './training/trainer';
import { resolveTrainingSettings, type TrainingOptions } from './training/training-settings';

export interface FitOptions extends RunOptions {
  /** The model to train, for example one of `@xtm/backbones`. */
  readonly backbone: BackboneDefinition;
  /** The backbone's own options; its defaults otherwise. */
  readonly modelOptions?: Readonly<Record<string, unknown>>;
  readonly training?: TrainingOptions;
  /** Where to record epochs and checkpoints, and to resume from; nothing is kept without it. */
  readonly folder?: RunFolder;
}

/**
 * Phase 1: trains a backbone on a corpus. A folder that holds checkpoints of the same run is resumed after its last
 * finished epoch, and ends as if it had never stopped. A tensor backend must have been chosen (`useBackend`).
 *
 * @throws InvalidOptionError, MissingNeedError, TrainingDivergedError, AbortedError, RunFolderError
 */
export async function fit(resources: BackboneResources, options: FitOptions): Promise<NeuralTopicModel> {
  const { backbone: definition, folder, signal, onProgress } = options;
  const settings = resolveTrainingSettings(options.training ?? {}, definition);
  const modelOptions = definition.resolveOptions(options.modelOptions ?? {});
  checkResources(definition, settings.numTopics, resources);
  const generator = new SeededGenerator(settings.seed);
  const backbone = definition.create(resources, settings.numTopics, modelOptions, generator.fork('initial values'));
  const trainer = new Trainer({ backbone, corpus: resources.corpus, settings, generator });
  try {
    const resumed = folder === undefined ? undefined : resume(trainer, folder);
    await trainEpochs(trainer, {
      stage: 'training',
      from: (resumed?.epoch ?? 0) + 1,
      to: settings.epochs,
      clipNorm: settings.clipNorm,
      objective: backboneObjective,
      folder,
      lastCheckpoint: resumed?.file,
      signal,
      onProgress,
    });
    return modelOf(definition.name, backbone, modelOptions, resources);
  } catch (error) {
    backbone.dispose();
    throw error;
  } finally {
    trainer.dispose();
  }
}

function resume(trainer: Trainer, folder: RunFolder): { epoch: number; file: string } | undefined {
  const checkpoint = folder.checkpoints.newest();
  const epoch = checkpoint === undefined ? 0 : restoreCheckpoint(trainer, checkpoint);
  folder.events.keep((event) => event.type !== 'epoch' || Number(event['epoch']) <= epoch);
  return checkpoint && { epoch, file: checkpoint.file };
}

function modelOf(name: string, backbone: Backbone, modelOptions: Readonly<Record<string, unknown>>, { corpus }: BackboneResources): NeuralTopicModel {
  const topicWord = backbone.topicWord().map((weights) => {
    const [rows, columns] = weights.shape;
    const data = weights.dataSync() as Float32Array;
    weights.dispose();
    return rowSoftmax({ rows, columns, data });
  });
  const languages = corpus.languages.map(({ language }) => language);
  const vocabularies = corpus.languages.map(({ vocabulary }) => vocabulary);
  return new NeuralTopicModel({ name, modelOptions, languages, vocabularies, topicWord }, backbone);
}
