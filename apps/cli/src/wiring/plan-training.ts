import { clusterDocuments } from '@xtm/backbones';
import type { BackboneNeed, Corpus } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { adoptPhaseOne, checkPromisedResources, supplyResources, type RunInput } from '@xtm/pipeline';
import type { RunSettings } from '../settings/run-settings';
import { chooseEmbedder } from './choose-embedder';
import type { ModelPlan } from './choose-model';
import { chooseRefiner } from './choose-refiner';

export interface TrainingFacts {
  readonly settings: RunSettings;
  readonly model: ModelPlan;
  readonly corpus: Corpus;
  /** Folder of the run whose phase 1 this one goes on from. */
  readonly phaseOne?: string;
}

/** What trains the model of a run, after a check that nothing it needs is missing. */
export function planTraining({ settings, model, corpus, phaseOne }: TrainingFacts): RunInput['train'] {
  const embedder = chooseEmbedder(settings.embedder, settings.embedderOptions);
  for (const needs of model.needs) checkPromisedResources(needs, model.numTopics, corpus, embedder !== undefined);
  const needs = new Set<BackboneNeed>([...model.needs.flatMap((part) => part.needs), ...(settings.refiner === 'corpus' ? ['wordEmbeddings' as const] : [])]);
  const generator = new SeededGenerator(model.seed);
  return async (folder, run) => {
    if (phaseOne !== undefined) adoptPhaseOne(folder, phaseOne, model.epochs);
    const sources = { embedder, numTopics: model.numTopics, generator: generator.fork('clusters'), clusterDocuments };
    const resources = await supplyResources(corpus, needs, sources, run);
    return model.fit({ resources, embedder, refiner: chooseRefiner(settings, resources, generator.fork('refiner')), folder }, run);
  };
}
