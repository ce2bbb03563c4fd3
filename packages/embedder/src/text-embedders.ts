import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  defineEmbedder,
  type Embedder,
  type EmbedderChoice,
  type EmbedderDefinition,
  type EmbeddingModel,
  InvalidOptionError,
  MissingFileError,
  type OptionValues,
  parseOptions,
} from '@xtm/contracts';
import { cacheFolder, createEmbeddingModel, type EmbeddingModelOptions, embeddingModelSchema } from '@xtm/llm';
import { type EncoderName, encoderNames } from './catalogue/encoder-catalogue';
import { modelFolder } from './catalogue/fetch-model';
import { findEncoders, modelsFolder } from './catalogue/find-encoders';
import type { BatchOptions } from './embed-all';
import { EmbeddingStore } from './embedding-store';
import { type OnnxModelOptions, onnxModelSchema, openOnnxModel } from './onnx/onnx-embedding-model';
import { TextEmbedder } from './text-embedder';

const storageFields = {
  store: z.union([z.string().min(1), z.literal(false)]).optional().describe(
    'folder that keeps vectors between runs; false keeps none; default embeddings in the cache folder',
  ),
  storePrecision: z.enum(['float32', 'float16']).default('float32').describe(
    'how vectors are written there; half precision takes half the space',
  ),
  batchTokens: z.number().int().positive().optional().describe('tokens per batch, padding included'),
  batchTexts: z.number().int().positive().optional().describe('texts per batch at most'),
  concurrency: z.number().int().positive().optional().describe('batches under way at once'),
  documentVectors: z.enum(['texts', 'words'], { error: 'must be texts or words' }).default('texts').describe(
    "words: a document's vector is the mean of its words' vectors, for which only the vocabulary is encoded",
  ),
};
const storageSchema = z.object(storageFields);

/** Further settings of embedders that read texts, beside those of their model. */
export type StorageOptions = z.input<typeof storageSchema>;

/** Options of an encoder of the catalogue; its folder is by default where `fetchModel` puts it. */
export type EncoderOptions = Omit<OnnxModelOptions, 'folder'> &
  Partial<Pick<OnnxModelOptions, 'folder'>> &
  StorageOptions;

type Environment = Readonly<Record<string, string | undefined>>;
type OpenModel = (options: OptionValues, environment: Environment) => Promise<EmbeddingModel>;

/** Batches that servers take well; local models keep to the defaults of `embedAll`. */
const SERVER_BATCHES: BatchOptions = { batchTokens: 100_000, batchTexts: 128, concurrency: 4 };

const encoderSchema = z.strictObject({
  ...onnxModelSchema.shape,
  folder: onnxModelSchema.shape.folder.optional(),
  ...storageFields,
});

/** A sentence encoder in ONNX from any folder. */
export const onnx = defineEmbedder<OnnxModelOptions & StorageOptions>({
  name: 'onnx',
  reads: 'texts',
  optionsSchema: z.strictObject({ ...onnxModelSchema.shape, ...storageFields }),
  open: (options, { environment = process.env } = {}) => fromTexts(options, environment, localOpener()),
});

/** The encoders of the catalogue. */
export const encoders: ReadonlyMap<string, EmbedderDefinition> = new Map(
  encoderNames.map((name) => [
    name,
    {
      name,
      reads: 'texts',
      optionsSchema: encoderSchema,
      open: (options, { environment = process.env } = {}) => fromTexts(options, environment, localOpener(name)),
    },
  ]),
);

/** An encoder of the catalogue: `encoder('bge-m3', { precision: 'int8' })`. */
export function encoder(name: EncoderName, options: EncoderOptions = {}): EmbedderChoice {
  return { definition: encoders.get(name)!, options: { ...options } };
}

/** An embedding model of any OpenAI-compatible server. */
export const endpoint = defineEmbedder<EmbeddingModelOptions & StorageOptions>({
  name: 'openai',
  reads: 'texts',
  optionsSchema: z.strictObject({ ...embeddingModelSchema.shape, ...storageFields }),
  open: (options, { environment = process.env } = {}) =>
    fromTexts(options, environment, openEndpoint, SERVER_BATCHES),
});

const openEndpoint: OpenModel = (options, environment) =>
  createEmbeddingModel(options as EmbeddingModelOptions, environment);

async function fromTexts(
  options: OptionValues,
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
function localOpener(name?: EncoderName): OpenModel {
  return async (model, environment) => {
    const folder = model['folder'] ?? (name && (await placeOf(name, modelsFolder(environment))));
    if (folder === undefined)
      throw new InvalidOptionError('folder', undefined, 'is needed by the embedder onnx', {
        advice: `Name a model's folder with folder=FOLDER, or choose one of ${encoderNames.join(', ')}.`,
      });
    if (typeof folder === 'string' && !(await stat(folder).catch(() => undefined))?.isDirectory())
      throw missingFolder(folder, name);
    return openOnnxModel({ ...(name && { name }), ...model, folder } as OnnxModelOptions);
  };
}

/**
 * Where an encoder lies that was fetched, or copied under its own name; where it would be fetched to, if it is not
 * there.
 */
async function placeOf(name: EncoderName, folder: string): Promise<string> {
  const found = (await findEncoders(folder)).find((known) => known.name === name);
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
