import { clusterDocuments } from '@xtm/backbones';
import type { BackboneNeed, BackboneResources, Corpus, Embedder, RandomGenerator, TopicRefiner } from '@xtm/contracts';
import { loadStemmer } from '@xtm/data';
import { SeededGenerator } from '@xtm/numeric';
import { adoptPhaseOne, checkPromisedResources, supplyResources, type RunInput } from '@xtm/pipeline';
import type { RunSettings } from '../settings/run-settings';
import type { ModelPlan } from './choose-model';
import { chooseSources } from './choose-sources';

export interface TrainingFacts {
  readonly settings: RunSettings;
  /** Makes the refiner of phase 2, if there is one. */
  readonly refinerFor: (resources: BackboneResources, generator: RandomGenerator) => TopicRefiner | undefined;
  readonly model: ModelPlan;
  readonly corpus: Corpus;
  readonly embedder?: Embedder;
  /** Folder of the run whose phase 1 this one goes on from. */
  readonly phaseOne?: string;
}

/** What trains the model of a run, after a check that nothing it needs is missing. */
export function planTraining({ settings, refinerFor, model, corpus: loaded, embedder, phaseOne }: TrainingFacts): RunInput['train'] {
  const corpus = chooseSources(loaded, settings, model.numTopics);
  for (const needs of model.needs) checkPromisedResources(needs, model.numTopics, corpus, embedder !== undefined);
  const needs = new Set<BackboneNeed>([...model.needs.flatMap((part) => part.needs), ...(settings.refiner === 'corpus' ? ['wordEmbeddings' as const] : [])]);
  const generator = new SeededGenerator(model.seed);
  return async (folder, run) => {
    if (phaseOne !== undefined) adoptPhaseOne(folder, phaseOne, model.epochs);
    const sources = { embedder, numTopics: model.numTopics, generator: generator.fork('clusters'), clusterDocuments };
    const resources = await supplyResources(corpus, needs, sources, run);
    const stems = settings.matchStems ? await Promise.all(corpus.languages.map(({ language }) => loadStemmer(language.code))) : undefined;
    return model.fit({ resources, embedder, refiner: refinerFor(resources, generator.fork('refiner')), stems, folder }, run);
  };
}
