import type { Embedder, ModelResources, TopicRefiner } from '@xtm/contracts';
import type { SpendingSummary } from '@xtm/llm';
import { SeededGenerator } from '@xtm/numeric';
import type { OpenRefiner } from '@xtm/refiner';
import { EmbedderSource } from './embedder-source';
import { refinerChoice, type Settled } from './settle';

/** The embedder and the refiner of a call of `train`: opened where they are needed, freed where they were opened. */
export class Components {
  /** Where the model or phase 2 uses one. */
  readonly embedder: EmbedderSource | undefined;
  readonly #settled: Settled;
  #refiner: OpenRefiner | undefined;

  constructor(settled: Settled) {
    const { options: { embedder, environment, record }, usesEmbedder } = settled;
    const surroundings = {
      ...(environment && { environment }),
      ...(record?.paths?.dataset !== undefined && { datasetFolder: record.paths.dataset }),
    };
    this.#settled = settled;
    this.embedder = usesEmbedder && embedder !== undefined ? new EmbedderSource(embedder, surroundings) : undefined;
  }

  /** Opens what does not depend on embeddings, so that what is wrong with it is known before any are made. */
  async open(): Promise<Embedder | undefined> {
    const choice = refinerChoice(this.#settled.options);
    if (choice?.definition.needs.length === 0) this.refiner({ corpus: this.#settled.corpus });
    return this.embedder?.open();
  }

  /** Undefined for phase 1 alone. */
  refiner({ corpus, dictionary, wordEmbeddings }: ModelResources): TopicRefiner | undefined {
    const { options, training: { seed } } = this.#settled;
    const { refinement, environment } = options;
    const choice = refinerChoice(options);
    if (choice === undefined) return refinement?.refiner as TopicRefiner | undefined;
    this.#refiner ??= choice.definition.open(choice.options, {
      corpus,
      generator: new SeededGenerator(seed).fork('refiner'),
      ...(dictionary && { dictionary }),
      ...(wordEmbeddings && { wordEmbeddings }),
      ...(environment && { environment }),
    });
    return this.#refiner;
  }

  /** What a language model has cost so far, where one refines. */
  get spending(): SpendingSummary | undefined {
    return this.#refiner?.spending?.();
  }

  async dispose(): Promise<void> {
    await this.embedder?.dispose();
  }
}
