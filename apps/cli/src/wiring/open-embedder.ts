import type { Embedder } from '@xtm/contracts';
import { createEmbedder } from '@xtm/embedder';
import { refuseKeys } from './refuse-keys';

export { readsTexts } from '@xtm/embedder';

/** Where an embedder may look for what its options do not say. */
export interface EmbedderSurroundings {
  /** Dataset folder, where embeddings that came in files are unless told otherwise. */
  readonly dataset?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Opens the embedder of a name; `none` is none.
 *
 * @throws InvalidOptionError for unknown names and options, and for keys among them, MissingFileError where a model is not there
 */
export async function openEmbedder(name: string, options: Readonly<Record<string, unknown>>, { dataset, environment }: EmbedderSurroundings): Promise<Embedder | undefined> {
  if (name === 'none') return undefined;
  refuseKeys('embedderOptions', options);
  const folder = name === 'precomputed' && dataset !== undefined ? { folder: dataset } : {};
  return createEmbedder(name, { ...folder, ...options }, environment);
}
