import type { RunOptions } from '@xtm/contracts';
import { loadDataset, parseLanguages } from '@xtm/data';
import { createEmbedder, readsTexts, writeEmbeddings } from '@xtm/embedder';
import { refuseKeys } from '../settings/keys';

/** With what a dataset is embedded, and how its folder is read. */
export interface EmbedDatasetOptions extends RunOptions {
  /** Name of the embedder; default aligned. */
  readonly embedder?: string;
  readonly embedderOptions?: Readonly<Record<string, unknown>>;
  /** Languages of the folder, as `parseLanguages` reads them, where it does not say: `en,zh-Hans:cn`. */
  readonly languages?: string;
  /** Dictionary file in place of the folder's own, for the embedder aligned. */
  readonly dictionary?: string;
  /** Variables that hold keys and say where caches are; default those of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** What was written. */
export interface WrittenEmbeddings {
  readonly dimensions: number;
  readonly files: readonly string[];
}

/**
 * Writes embeddings of a dataset's documents and words as `.npy` files, which the embedder `precomputed` reads.
 *
 * @param folder of the dataset
 * @param out where `doc_embeddings_LANG_SPLIT.npy` and `word_embeddings_LANG.npy` go
 * @throws InvalidOptionError for options that hold a key, or that the embedder has not; what opening it throws
 */
export async function embedDataset(
  folder: string,
  out: string,
  { embedder: name = 'aligned', embedderOptions = {}, languages, dictionary, environment, ...run }: EmbedDatasetOptions,
): Promise<WrittenEmbeddings> {
  refuseKeys('embedderOptions', embedderOptions);
  const embedder = await createEmbedder(name, embedderOptions, environment);
  try {
    const { corpus } = await loadDataset(folder, {
      texts: readsTexts(name),
      ...(languages !== undefined && { languages: parseLanguages(languages) }),
      ...(dictionary !== undefined && { dictionary }),
    });
    return { files: await writeEmbeddings(corpus, embedder, out, run), dimensions: embedder.dimensions };
  } finally {
    await embedder.dispose?.();
  }
}
