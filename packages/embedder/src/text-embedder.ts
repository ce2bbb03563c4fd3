import { type DenseMatrix, type DocumentsToEmbed, type Embedder, type EmbeddingModel, InvalidOptionError, type RunOptions } from '@xtm/contracts';
import { type BatchOptions, embedAll } from './embed-all';
import type { EmbeddingStore } from './store/embedding-store';

export interface TextEmbedderOptions {
  /** Keeps vectors between runs. */
  readonly store?: EmbeddingStore;
  readonly batches?: BatchOptions;
}

/** Vectors of documents, words and topics from a text encoder: each is embedded as the text it is. */
export class TextEmbedder implements Embedder {
  readonly name: string;
  readonly dimensions: number;
  readonly maxTokens?: number;
  readonly fingerprint: string;

  constructor(private readonly model: EmbeddingModel, private readonly options: TextEmbedderOptions = {}) {
    const { name, dimensions, maxTokens, fingerprint } = model;
    this.name = name;
    this.dimensions = dimensions;
    if (maxTokens !== undefined) this.maxTokens = maxTokens;
    this.fingerprint = fingerprint;
  }

  async embedDocuments({ texts }: DocumentsToEmbed, run?: RunOptions): Promise<DenseMatrix> {
    if (texts !== undefined) return this.embedTexts(texts, run);
    throw new InvalidOptionError('embedder', this.name, 'embeds texts, but the corpus has bags of words only', {
      advice: 'Put {train,test}_texts_LANG.txt files into the dataset folder, or choose the embedder aligned.',
    });
  }

  embedWords(words: readonly string[], _languageIndex: number, run?: RunOptions): Promise<DenseMatrix> {
    return this.embedTexts(words, run);
  }

  embedTexts(texts: readonly string[], run: RunOptions = {}): Promise<DenseMatrix> {
    return embedAll(this.model, texts, { ...this.options, ...run });
  }

  async dispose(): Promise<void> {
    await this.model.dispose?.();
  }
}
