import { createHash } from 'node:crypto';
import { open, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { DataFormatError, InvalidOptionError, MissingFileError } from '@xtm/contracts';
import type { GraphPrecision } from '../catalogue/encoder-catalogue';
import type { Pooling } from './onnx-session';

/** Graph files by preference, in the folder itself or its `onnx` folder. */
const GRAPH_NAMES = [
  'model.onnx',
  'model_optimized.onnx',
  'model_fp16.onnx',
  'model_quantized.onnx',
  'model_int8.onnx',
  'model_uint8.onnx',
];

const configSchema = z.object({
  model_type: z.string().optional(),
  max_position_embeddings: z.number().int().positive().optional(),
  pad_token_id: z.number().int().nonnegative().optional(),
});
const poolingSchema = z.object({
  pooling_mode_cls_token: z.boolean().optional(),
  pooling_mode_mean_tokens: z.boolean().optional(),
  pooling_mode: z.string().optional(),
});
const sentenceSchema = z.object({ max_seq_length: z.number().int().positive().nullish() });
const promptsSchema = z.object({
  prompts: z.record(z.string(), z.string()).nullish(),
  default_prompt_name: z.string().nullish(),
});

/** Which of a folder's graphs is meant: by its path inside the folder, or by its precision. */
interface GraphChoice {
  readonly graph?: string;
  readonly precision?: GraphPrecision;
}

/** A model folder as its files describe it. */
export interface ModelFolder {
  readonly graph: string;
  readonly tokenizer: string;
  /** The graph and the weights files beside it. */
  readonly weights: readonly string[];
  readonly padId: number;
  readonly maxTokens?: number;
  readonly pooling?: Pooling;
  /** What the folder says to put before every text. */
  readonly prefix?: string;
}

/**
 * Finds a sentence encoder's files in the layouts that people have: graph and tokenizer side by side; the graph in an
 * `onnx` folder; quantised graphs; weights in files beside the graph; `sentence_transformers` folders, whose pooling,
 * default prompt and length limit are read.
 *
 * @throws MissingFileError, DataFormatError, and InvalidOptionError where several graphs are there and none is chosen
 */
export async function readModelFolder(folder: string, choice: GraphChoice = {}): Promise<ModelFolder> {
  const graphFile = join(folder, choice.graph ?? (await findGraph(folder, choice.precision)));
  const places = [dirname(graphFile), folder];
  const names = await filesOf(dirname(graphFile));
  if (!names.includes(graphFile)) throw new MissingFileError(graphFile, 'embedding texts');
  const config = await readJson(places, 'config.json', configSchema);
  const sentence = await readJson([folder], 'sentence_bert_config.json', sentenceSchema);
  const pooling = poolingOf(await readJson([join(folder, '1_Pooling')], 'config.json', poolingSchema));
  const prompts = await readJson([folder], 'config_sentence_transformers.json', promptsSchema);
  const prefix = prompts?.prompts?.[prompts.default_prompt_name ?? ''];
  const maxTokens = sentence?.max_seq_length ?? positionsOf(config);
  return {
    graph: graphFile,
    tokenizer: await findFile(places, 'tokenizer.json', 'splitting texts into tokens'),
    weights: [graphFile, ...names.filter((name) => name !== graphFile && !/\.(onnx|json|txt|md|model)$/.test(name))],
    padId: config?.pad_token_id ?? 1,
    ...(maxTokens !== undefined && { maxTokens }),
    ...(pooling !== undefined && { pooling }),
    ...(prefix !== undefined && { prefix }),
  };
}

/** Paths of the graphs in the folder and in its `onnx` folder, relative to it. */
export async function listGraphs(folder: string): Promise<string[]> {
  const files = (await Promise.all(['', 'onnx'].map((inner) => filesOf(join(folder, inner))))).flat();
  return files.filter((file) => file.endsWith('.onnx')).map((file) => relative(folder, file));
}

/**
 * A graph's precision by its name as exporters have it: weights of 8 bits, or as trained; other kinds have none here.
 */
export function precisionOf(graph: string): GraphPrecision | undefined {
  const name = basename(graph);
  if (/quantized|int8/i.test(name)) return 'int8';
  return ['model.onnx', 'model_optimized.onnx'].includes(name) ? 'float32' : undefined;
}

async function findGraph(folder: string, precision: GraphPrecision | undefined): Promise<string> {
  const found = await listGraphs(folder);
  const wanted = precision === undefined ? found : found.filter((graph) => precisionOf(graph) === precision);
  const preferred = GRAPH_NAMES.flatMap((name) => [name, join('onnx', name)]).find((name) => wanted.includes(name));
  if (preferred !== undefined) return preferred;
  if (wanted.length === 1) return wanted[0]!;
  if (wanted.length > 1)
    throw new InvalidOptionError('graph', undefined, `must name one of ${wanted.join(', ')}`, {
      advice: 'The folder holds several graphs: say which with the option graph, for example model.onnx.',
    });
  if (found.length === 0)
    throw new MissingFileError(join(folder, 'model.onnx'), 'embedding texts', {
      advice: 'Name the folder of an ONNX export, or fetch one with xtm models fetch multilingual-e5-small.',
    });
  throw new InvalidOptionError(
    'precision',
    precision,
    `${folder} has no graph of this precision, only ${found.join(', ')}`,
    {
      advice: 'Leave precision out, name a graph with graph, or fetch it: xtm models fetch MODEL --precision ' +
        `${precision}.`,
    },
  );
}

/** How many tokens the position table is for; the RoBERTa family counts positions from the padding's id on. */
function positionsOf(config: z.output<typeof configSchema> | undefined): number | undefined {
  const { model_type: type, max_position_embeddings: positions, pad_token_id: padId = 1 } = config ?? {};
  return positions === undefined || type === 'bert' ? positions : positions - padId - 1;
}

/** `undefined` for poolings other than the two that there are here. */
function poolingOf(config: z.output<typeof poolingSchema> | undefined): Pooling | undefined {
  if (config?.pooling_mode_cls_token || config?.pooling_mode === 'cls') return 'cls';
  return config?.pooling_mode_mean_tokens || config?.pooling_mode === 'mean' ? 'mean' : undefined;
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => join(folder, name)).sort();
}

async function findFile(folders: readonly string[], name: string, purpose: string): Promise<string> {
  for (const folder of folders) {
    if ((await filesOf(folder)).includes(join(folder, name))) return join(folder, name);
  }
  throw new MissingFileError(join(folders.at(-1)!, name), purpose, {
    advice: 'Copy the whole model folder: the tokenizer.json of the same model belongs beside the graph.',
  });
}

/** The first of the files that exists, as the schema has it; `undefined` if none does. */
async function readJson<Schema extends z.ZodType>(
  folders: readonly string[],
  name: string,
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  for (const folder of folders) {
    const file = join(folder, name);
    const content = await readFile(file, 'utf8').catch(() => undefined);
    if (content === undefined) continue;
    try {
      return schema.parse(JSON.parse(content));
    } catch (error) {
      throw new DataFormatError('does not describe a model', { file }, { cause: error });
    }
  }
  return undefined;
}

/**
 * Files up to this size are hashed whole; larger ones by samples, so that opening a model of gigabytes takes no time.
 */
const WHOLE_BYTES = 64 * 2 ** 20;
const SAMPLES = 64;
const SAMPLE_BYTES = 2 ** 16;

/** A hash over names, sizes and contents of files; of large files, evenly spread samples of the content. */
export async function fileFingerprint(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      hash.update(`${basename(file)}\n${size}\n`);
      const whole = size <= WHOLE_BYTES;
      const length = whole ? size : SAMPLE_BYTES;
      for (let sample = 0; sample < (whole ? 1 : SAMPLES); sample++) {
        const position = whole ? 0 : Math.floor((sample * (size - length)) / (SAMPLES - 1));
        hash.update((await handle.read(Buffer.alloc(length), 0, length, position)).buffer);
      }
    } finally {
      await handle.close();
    }
  }
  return hash.digest('hex');
}
