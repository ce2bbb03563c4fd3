import { clusterDocuments } from '@xtm/backbones';
import type { BackboneDefinition, BackboneNeed } from '@xtm/contracts';
import type { Dataset } from '@xtm/data';
import { SeededGenerator } from '@xtm/numeric';
import { adoptPhaseOne, checkPromisedResources, fit, refinementNeeds, supplyResources, type RefinementSettings, type RunInput, type TrainingSettings } from '@xtm/pipeline';
import type { RunSettings } from '../settings/run-settings';
import { chooseEmbedder } from './choose-embedder';
import { chooseRefiner } from './choose-refiner';

export interface TrainingFacts {
  readonly settings: RunSettings;
  readonly definition: BackboneDefinition;
  readonly training: TrainingSettings;
  readonly modelOptions: Readonly<Record<string, unknown>>;
  /** Phase 2, where it is wanted. */
  readonly refinement?: RefinementSettings;
  readonly dataset: Dataset;
  /** Folder of the run whose phase 1 this one goes on from. */
  readonly phaseOne?: string;
}

/** What trains the model of a run, after a check that nothing it needs is missing. */
export function planTraining({ settings, definition, training, modelOptions, refinement, dataset: { corpus }, phaseOne }: TrainingFacts): RunInput['train'] {
  const embedder = chooseEmbedder(settings.embedder, settings.embedderOptions);
  const models = [definition, ...(refinement ? [refinementNeeds(refinement)] : [])];
  for (const model of models) checkPromisedResources(model, training.numTopics, corpus, embedder !== undefined);
  const needs = new Set<BackboneNeed>([...models.flatMap((model) => model.needs), ...(settings.refiner === 'corpus' ? ['wordEmbeddings' as const] : [])]);
  const generator = new SeededGenerator(training.seed);
  return async (folder, run) => {
    if (phaseOne !== undefined) adoptPhaseOne(folder, phaseOne, training.epochs);
    const resources = await supplyResources(corpus, needs, { embedder, numTopics: training.numTopics, generator: generator.fork('clusters'), clusterDocuments }, run);
    const refiner = chooseRefiner(settings, resources, generator.fork('refiner'));
    return fit(resources, {
      backbone: definition,
      modelOptions,
      training,
      folder,
      ...(refiner && embedder && refinement && { refinement: { refiner, embedder, options: refinement } }),
      ...run,
    });
  };
}
