import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type Embedder,
  type EmbeddingModel,
  InvalidOptionError,
  MissingFileError,
  parseOptions,
} from '@xtm/contracts';
import { cacheFolder, createEmbeddingModel } from '@xtm/llm';
import { AlignedEmbedder } from './aligned/aligned-embedder';
import { type EncoderName, encoderNames } from './catalogue/encoder-catalogue';
import { modelFolder } from './catalogue/fetch-model';
import { findEncoders, modelsFolder } from './catalogue/find-encoders';
import type { BatchOptions } from './embed-all';
import { EmbeddingStore } from './embedding-store';
import { type OnnxModelOptions, openOnnxModel } from './onnx/onnx-embedding-model';
import { PrecomputedEmbedder } from './precomputed-embedder';
import { TextEmbedder } from './text-embedder';

const storageFields = {
  /** Folder that keeps vectors between runs; `false` keeps none. Default `embeddings` in the cache folder. */
  store: z.union([z.string().min(1), z.literal(false)]).optional(),
  /** How vectors are written there; half precision takes half the space. */
  storePrecision: z.enum(['float32', 'float16']).default('float32'),
  batchTokens: z.number().int().positive().optional(),
  batchTexts: z.number().int().positive().optional(),
  concurrency: z.number().int().positive().optional(),
  /** `words`: a document's vector is the mean of its words' vectors, for which only the vocabulary is encoded. */
  documentVectors: z.enum(['texts', 'words'], { error: 'must be texts or words' }).default('texts'),
};
const storageSchema = z.object(storageFields);
const precomputedSchema = z.strictObject({
  folder: z.string({ error: 'is needed: the folder that holds the .npy files' }).min(1),
});
const PRECOMPUTED_ADVICE = 'Name it with --embedder-option folder=FOLDER; "xtm embed" writes such files.';

/** Further settings of embedders that read texts, beside those of their model. */
export type StorageOptions = z.input<typeof storageSchema>;

type Options = Readonly<Record<string, unknown>>;
type Environment = Readonly<Record<string, string | undefined>>;

/** Batches that servers take well; local models keep to the defaults of `embedAll`. */
const SERVER_BATCHES: BatchOptions = { batchTokens: 100_000, batchTexts: 128, concurrency: 4 };

type OpenModel = (options: Options, environment: Environment) => Promise<EmbeddingModel>;
type Creator = (options: Options, environment: Environment) => Promise<Embedder>;

const openEndpoint: OpenModel = (options, environment) =>
  createEmbeddingModel(options as Parameters<typeof createEmbeddingModel>[0], environment);

const bagReaders = {
  aligned: async (options) => new AlignedEmbedder(options),
  precomputed: async (options) =>
    new PrecomputedEmbedder(parseOptions(precomputedSchema, options, PRECOMPUTED_ADVICE).folder),
} as const satisfies Readonly<Record<string, Creator>>;

const textReaders = {
  ...(Object.fromEntries(encoderNames.map((name) => [name, localCreator(name)])) as Readonly<
    Record<EncoderName, Creator>
  >),
  onnx: localCreator(),
  openai: (options, environment) => fromTexts(options, environment, openEndpoint, SERVER_BATCHES),
} as const satisfies Readonly<Record<string, Creator>>;

const creators: Readonly<Record<EmbedderName, Creator>> = { ...bagReaders, ...textReaders };

export type EmbedderName = keyof typeof bagReaders | keyof typeof textReaders;

export const embedderNames = Object.keys(creators) as [EmbedderName, ...EmbedderName[]];

/** Whether an embedder reads documents' texts, which then have to be loaded, rather than bags of words. */
export function readsTexts(name: string): boolean {
  return name in textReaders;
}

/**
 * An embedder by name: `aligned` (`AlignedOptions`), an encoder of the catalogue (`OnnxModelOptions`, folder by
 * default where `fetchModel` puts it), `onnx` (the same, of any folder), `openai` (`EmbeddingModelOptions` of
 * @xtm/llm), `precomputed` (`folder`); those that read texts also take `StorageOptions`.
 * Throws `InvalidOptionError`, `MissingFileError` and what opening the model throws.
 */
export async function createEmbedder(
  name: string,
  options: Options = {},
  environment: Environment = process.env,
): Promise<Embedder> {
  if (!(embedderNames as readonly string[]).includes(name))
    throw new InvalidOptionError('embedder', name, `must be one of ${embedderNames.join(', ')}`);
  return creators[name as EmbedderName](options, environment);
}

async function fromTexts(
  options: Options,
  environment: Environment,
  open: OpenModel,
  defaults: BatchOptions = {},
): Promise<Embedder> {
  const {
    store: root = join(cacheFolder(environment), 'embeddings'),
    storePrecision,
    documentVectors,
    batchTokens,
    batchTexts,
    concurrency,
  } = parseOptions(storageSchema, options);
  const model = await open(
    Object.fromEntries(Object.entries(options).filter(([key]) => !(key in storageFields))),
    environment,
  );
  const batches = { ...defaults, ...withoutUndefined({ batchTokens, batchTexts, concurrency }) };
  return new TextEmbedder(model, {
    batches,
    documentVectors,
    ...(root !== false && { store: new EmbeddingStore(root, model, storePrecision) }),
  });
}

/** Opens a model folder; `name` is that of the catalogue, or none where the folder says itself what it is. */
function localCreator(name?: EncoderName): Creator {
  const open: OpenModel = async (model, environment) => {
    const folder = model.folder ?? (name && (await placeOf(name, modelsFolder(environment))));
    if (folder === undefined)
      throw new InvalidOptionError('folder', undefined, 'is needed by the embedder onnx', {
        advice: `Name a model's folder with folder=FOLDER, or choose one of ${encoderNames.join(', ')}.`,
      });
    if (typeof folder === 'string' && !(await stat(folder).catch(() => undefined))?.isDirectory())
      throw missingFolder(folder, name);
    return openOnnxModel({ ...(name && { name }), ...model, folder } as OnnxModelOptions);
  };
  return (options, environment) => fromTexts(options, environment, open);
}

/**
 * Where an encoder lies that was fetched, or copied under its own name; where it would be fetched to, if it is not
 * there.
 */
async function placeOf(name: EncoderName, folder: string): Promise<string> {
  const found = (await findEncoders(folder)).find((encoder) => encoder.name === name);
  return found?.folder ?? modelFolder(name, folder);
}

function missingFolder(folder: string, name: EncoderName | undefined): MissingFileError {
  const advice = `Run xtm models fetch ${name ?? 'multilingual-e5-small'}, or name the folder of an ONNX export ` +
    'with folder; without a network, use the embedder aligned.';
  return new MissingFileError(folder, `the embedder ${name ?? 'onnx'}`, { advice });
}

function withoutUndefined(options: BatchOptions): BatchOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
