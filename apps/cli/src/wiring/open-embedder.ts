import { join } from 'node:path';
import { InvalidOptionError, type Embedder, type EmbeddingModel } from '@xtm/contracts';
import { AlignedEmbedder, EmbeddingStore, modelFolder, openOnnxModel, PrecomputedEmbedder, TextEmbedder, type BatchOptions, type OnnxModelOptions } from '@xtm/embedder';
import { cacheFolder, createEmbeddingModel, type EmbeddingModelOptions } from '@xtm/llm';
import { z } from 'zod';

/** Where an embedder may look for what its options do not say. */
export interface EmbedderSurroundings {
  /** Dataset folder, where embeddings that came in files are unless told otherwise. */
  readonly dataset?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

type Options = Readonly<Record<string, unknown>>;
type OpenEmbedder = (options: Options, surroundings: EmbedderSurroundings) => Promise<Embedder>;

/** Servers answer several batches at once; a model in this process computes one at a time. */
const SERVER_BATCHES: BatchOptions = { concurrency: 4 };

const EMBEDDERS: Readonly<Record<string, OpenEmbedder>> = {
  aligned: async (options) => new AlignedEmbedder(options),
  'bge-m3': async (options, { environment }) => storing(await openOnnxModel({ folder: modelFolder('bge-m3'), ...options } as OnnxModelOptions), environment),
  openai: async (options, { environment }) => storing(await createEmbeddingModel(options as EmbeddingModelOptions, environment), environment, SERVER_BATCHES),
  precomputed: async (options, { dataset }) => new PrecomputedEmbedder(parsePrecomputed(options, dataset)),
};

const EMBEDDERS_OF_TEXTS: readonly string[] = ['bge-m3', 'openai'];

export const EMBEDDER_NAMES: readonly string[] = [...Object.keys(EMBEDDERS), 'none'];

/** Whether an embedder reads texts, which then have to be loaded, rather than bags of words. */
export function readsTexts(name: string): boolean {
  return EMBEDDERS_OF_TEXTS.includes(name);
}

/**
 * Opens the embedder of a name; `none` is none.
 *
 * @throws InvalidOptionError for unknown names and options, MissingFileError where a model is not there
 */
export async function openEmbedder(name: string, options: Options, surroundings: EmbedderSurroundings): Promise<Embedder | undefined> {
  if (name === 'none') return undefined;
  const open = EMBEDDERS[name];
  if (open === undefined) throw new InvalidOptionError('embedder', name, `must be one of ${EMBEDDER_NAMES.join(', ')}`);
  return open(options, surroundings);
}

/** A text encoder whose vectors are kept in the cache folder, so that a text is never embedded twice. */
function storing(model: EmbeddingModel, environment: EmbedderSurroundings['environment'], batches?: BatchOptions): Embedder {
  return new TextEmbedder(model, { store: new EmbeddingStore(join(cacheFolder(environment), 'embeddings'), model), batches });
}

const precomputedSchema = z.strictObject({ folder: z.string().min(1) });

function parsePrecomputed(options: Options, dataset: string | undefined): string {
  const result = precomputedSchema.safeParse({ ...(dataset !== undefined && { folder: dataset }), ...options });
  if (result.success) return result.data.folder;
  throw new InvalidOptionError('embedderOption', options, 'precomputed embeddings have one option, folder', { advice: 'Name the folder of the .npy files: --embedder-option folder=FOLDER.' });
}
