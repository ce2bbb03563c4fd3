import { type Embedder, type EmbeddingModel, InvalidOptionError, MissingFileError, parseOptions } from '@xtm/contracts';
import { cacheFolder, createEmbeddingModel } from '@xtm/llm';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AlignedEmbedder } from './aligned/aligned-embedder';
import { modelFolder } from './download/fetch-model';
import type { BatchOptions } from './embed-all';
import { openOnnxModel } from './onnx/onnx-embedding-model';
import type { OnnxModelOptions } from './onnx/onnx-model-options';
import { PrecomputedEmbedder } from './precomputed/precomputed-embedder';
import { EmbeddingStore } from './store/embedding-store';
import { TextEmbedder } from './text-embedder';

const storageFields = {
  /** Folder that keeps vectors between runs; `false` keeps none. Default `embeddings` in the cache folder. */
  store: z.union([z.string().min(1), z.literal(false)]).optional(),
  /** Half precision takes half the space. */
  precision: z.enum(['float32', 'float16']).default('float32'),
  batchTokens: z.number().int().positive().optional(),
  batchTexts: z.number().int().positive().optional(),
  concurrency: z.number().int().positive().optional(),
};
const storageSchema = z.object(storageFields);
const precomputedSchema = z.strictObject({ folder: z.string().min(1) });

/** Further settings of embedders that read texts, beside those of their model. */
export type StorageOptions = z.input<typeof storageSchema>;

type Options = Readonly<Record<string, unknown>>;
type Environment = Readonly<Record<string, string | undefined>>;

/** Batches that servers take well; local models keep to the defaults of `embedAll`. */
const SERVER_BATCHES: BatchOptions = { batchTokens: 100_000, batchTexts: 128, concurrency: 4 };

const creators = {
  aligned: async (options: Options) => new AlignedEmbedder(options),
  precomputed: async (options: Options) => new PrecomputedEmbedder(parseOptions(precomputedSchema, options).folder),
  'bge-m3': (options: Options, environment: Environment) => fromTexts(options, environment, (model) => openLocalModel(model, environment)),
  openai: (options: Options, environment: Environment) => fromTexts(options, environment, (model) => createEmbeddingModel(model as Parameters<typeof createEmbeddingModel>[0], environment), SERVER_BATCHES),
} as const satisfies Readonly<Record<string, (options: Options, environment: Environment) => Promise<Embedder>>>;

export type EmbedderName = keyof typeof creators;

export const embedderNames = Object.keys(creators) as [EmbedderName, ...EmbedderName[]];

/**
 * An embedder by name: `aligned` (`AlignedOptions`), `bge-m3` (`OnnxModelOptions`, folder by default where `fetchModel` puts it),
 * `openai` (`EmbeddingModelOptions` of @xtm/llm), `precomputed` (`folder`); the two that read texts also take `StorageOptions`.
 * Throws `InvalidOptionError`, `MissingFileError` and what opening the model throws.
 */
export async function createEmbedder(name: string, options: Options = {}, environment: Environment = process.env): Promise<Embedder> {
  if (!(embedderNames as readonly string[]).includes(name)) throw new InvalidOptionError('embedder', name, `must be one of ${embedderNames.join(', ')}`);
  return creators[name as EmbedderName](options, environment);
}

async function fromTexts(options: Options, environment: Environment, open: (options: Options) => Promise<EmbeddingModel>, defaults: BatchOptions = {}): Promise<Embedder> {
  const { store: root = join(cacheFolder(environment), 'embeddings'), precision, batchTokens, batchTexts, concurrency } = parseOptions(storageSchema, options);
  const model = await open(Object.fromEntries(Object.entries(options).filter(([key]) => !(key in storageFields))));
  const batches = { ...defaults, ...withoutUndefined({ batchTokens, batchTexts, concurrency }) };
  return new TextEmbedder(model, { batches, ...(root === false ? {} : { store: new EmbeddingStore(root, model, precision) }) });
}

async function openLocalModel(options: Options, environment: Environment): Promise<EmbeddingModel> {
  const folder = options.folder ?? modelFolder('bge-m3', join(cacheFolder(environment), 'models'));
  if (typeof folder === 'string' && !(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw new MissingFileError(folder, 'the embedder bge-m3', { advice: 'Run xtm models fetch bge-m3, or name the folder of an ONNX export; without a network, use the embedder aligned.' });
  }
  return openOnnxModel({ ...options, folder } as OnnxModelOptions);
}

function withoutUndefined(options: BatchOptions): BatchOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
