import {
  type DenseMatrix,
  type DocumentsToEmbed,
  type Embedder,
  type EmbeddingModel,
  InvalidOptionError,
  type RunOptions,
  type SparseRows,
} from '@xtm/contracts';
import { normaliseRows } from '@xtm/numeric';
import { sumRows } from './aligned/space-language';
import { type BatchOptions, embedAll } from './embed-all';
import type { EmbeddingStore } from './embedding-store';

/** What a document's vector is made from: its text, or the vectors of its words. */
export type DocumentVectors = 'texts' | 'words';

export interface TextEmbedderOptions {
  /** Keeps vectors between runs. */
  readonly store?: EmbeddingStore;
  readonly batches?: BatchOptions;
  /** `words`: the mean of the vectors of a document's words, each counted as often as it occurs. Default `texts`. */
  readonly documentVectors?: DocumentVectors;
}

/**
 * Vectors of documents, words and topics from a text encoder: each is embedded as the text it is. Documents that have
 * no texts are embedded as the words of their bags, of which the caller's `onWarning` is told once for each title.
 */
export class TextEmbedder implements Embedder {
  readonly name: string;
  readonly dimensions: number;
  readonly maxTokens?: number;
  readonly fingerprint: string;
  private readonly noticed = new Set<string>();

  constructor(private readonly model: EmbeddingModel, private readonly options: TextEmbedderOptions = {}) {
    const { name, dimensions, maxTokens, fingerprint } = model;
    this.name = name;
    this.dimensions = dimensions;
    if (maxTokens !== undefined) this.maxTokens = maxTokens;
    this.fingerprint = fingerprint;
  }

  async embedDocuments(
    { texts, rows, vocabulary, languageIndex, title = 'documents' }: DocumentsToEmbed,
    run: RunOptions = {},
  ): Promise<DenseMatrix> {
    const hasBags = rows !== undefined && vocabulary !== undefined;
    if (this.options.documentVectors === 'words') {
      if (!hasBags)
        throw new InvalidOptionError('documentVectors', 'words', `needs bags of words, and the ${title} have none`, {
          advice: 'Leave documentVectors out.',
        });
      return normaliseRows(sumRows(rows, await this.embedWords(vocabulary, languageIndex, run)));
    }
    if (texts !== undefined) return this.embedTexts(texts, run);
    if (!hasBags) {
      throw new InvalidOptionError(
        'embedder',
        this.name,
        `embeds texts, and the ${title} have none, nor words to read in place of them`,
        {
          advice: 'Put {train,test}_texts_LANG.txt files into the dataset folder, or choose the embedder aligned.',
        },
      );
    }
    this.noticeMissingTexts(title, run);
    return this.embedTexts(textsFromBags(rows, vocabulary), run);
  }

  embedWords(words: readonly string[], _languageIndex: number, run?: RunOptions): Promise<DenseMatrix> {
    return this.embedTexts(words, run);
  }

  embedTexts(texts: readonly string[], run: RunOptions = {}): Promise<DenseMatrix> {
    const { store, batches } = this.options;
    return embedAll(this.model, texts, { store, batches, ...run });
  }

  async dispose(): Promise<void> {
    await this.model.dispose?.();
  }

  private noticeMissingTexts(title: string, run: RunOptions): void {
    if (this.noticed.has(title)) return;
    this.noticed.add(title);
    run.onWarning?.(
      `the ${title} have no texts: ${this.name} reads the words of their bags in place of them, which are fewer and ` +
        'in no order',
    );
  }
}

/** The words of each bag [documents, vocabulary], as often as they are in it, in the order of the vocabulary. */
function textsFromBags({ rows, indptr, indices, values }: SparseRows, vocabulary: readonly string[]): string[] {
  return Array.from({ length: rows }, (_, row) => {
    const words: string[] = [];
    for (let i = indptr[row]!; i < indptr[row + 1]!; i++)
      for (let count = 0; count < values[i]!; count++) words.push(vocabulary[indices[i]!]!);
    return words.join(' ');
  });
}
