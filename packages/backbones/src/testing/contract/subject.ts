import type { Backbone, BackboneDefinition, ModelResources } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { syntheticCorpus } from '../synthetic-corpus';
import { trainBackbone } from '../train';

export const NUM_TOPICS = 5;

/** A backbone under test, made anew for every test. */
export class ContractSubject {
  readonly resources: Required<ModelResources>;
  #backbone: Backbone | undefined;

  constructor(
    readonly definition: BackboneDefinition,
    readonly options: Readonly<Record<string, unknown>>,
  ) {
    ({ resources: this.resources } = syntheticCorpus({ generator: new SeededGenerator(5), numTopics: NUM_TOPICS }));
  }

  /** The backbone of the running test, of seed 1. */
  get backbone(): Backbone {
    if (this.#backbone === undefined) throw new Error('no test is running');
    return this.#backbone;
  }

  start(): void {
    this.#backbone = this.create(1);
  }

  stop(): void {
    this.#backbone?.dispose();
    this.#backbone = undefined;
  }

  create(seed: number, resources: ModelResources = this.resources): Backbone {
    return this.definition.create(resources, NUM_TOPICS, this.options, new SeededGenerator(seed));
  }

  /** Mean loss of each epoch. */
  train(backbone: Backbone, epochs: number, seed = 2): number[] {
    const { clipNorm } = this.definition.training;
    return trainBackbone(backbone, this.resources.corpus, {
      epochs,
      learningRate: 0.01,
      clipNorm,
      generator: new SeededGenerator(seed),
    });
  }
}
