import type { Corpus, Embedder, EmbedderChoice, EmbedderSurroundings } from '@xtm/contracts';
import type { NamedEmbedder } from '../resources/check-resources';

/** An embedder that is opened when it is first needed. One that was handed in open stays its owner's. */
export class EmbedderSource {
  readonly #given: EmbedderChoice | Embedder;
  readonly #surroundings: EmbedderSurroundings;
  #opened: Promise<Embedder> | undefined;
  #fitted: Promise<Embedder> | undefined;

  constructor(given: EmbedderChoice | Embedder, surroundings: EmbedderSurroundings) {
    this.#given = given;
    this.#surroundings = surroundings;
  }

  /** Throws what opening its model throws. */
  open(): Promise<Embedder> {
    this.#opened ??= isChoice(this.#given)
      ? this.#given.definition.open(this.#given.options, this.#surroundings)
      : Promise.resolve(this.#given);
    return this.#opened;
  }

  /** Opened, and fitted to the corpus where it learns from one, unless `noteFitted` said that it is. */
  fitted(corpus: () => Promise<Corpus>): Promise<Embedder> {
    this.#fitted ??= this.open().then(async (embedder) => {
      if (embedder.fit === undefined) return embedder;
      const known = await corpus();
      await embedder.fit(known, known.dictionary);
      return embedder;
    });
    return this.#fitted;
  }

  /** Training has fitted it. */
  noteFitted(): void {
    this.#fitted = this.open();
  }

  /** Frees what was opened here. */
  async dispose(): Promise<void> {
    if (this.#opened === undefined || !isChoice(this.#given)) return;
    const embedder = await this.#opened.catch(() => undefined);
    this.#opened = undefined;
    this.#fitted = undefined;
    await embedder?.dispose?.();
  }
}

/** Whether an embedder is chosen and not open yet. */
export function isChoice(embedder: EmbedderChoice | Embedder): embedder is EmbedderChoice {
  return 'definition' in embedder;
}

/** What an embedder is called, and what tells it from others of that name. */
export function nameEmbedder(embedder: EmbedderChoice | Embedder): NamedEmbedder {
  if (isChoice(embedder)) return { name: embedder.definition.name, options: { ...embedder.options } };
  return { name: embedder.name, options: { fingerprint: embedder.fingerprint } };
}
