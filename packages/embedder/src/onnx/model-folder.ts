import { DataFormatError, InvalidOptionError, MissingFileError } from '@xtm/contracts';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Pooling } from './pool';

/** Graph files by preference, in the folder itself or its `onnx` folder. */
const GRAPH_NAMES = ['model.onnx', 'model_optimized.onnx', 'model_fp16.onnx', 'model_quantized.onnx', 'model_int8.onnx', 'model_uint8.onnx'];

const configSchema = z.object({ hidden_size: z.number().int().positive().optional(), max_position_embeddings: z.number().int().positive().optional(), pad_token_id: z.number().int().nonnegative().optional() });
const poolingSchema = z.object({ pooling_mode_cls_token: z.boolean().optional(), pooling_mode_mean_tokens: z.boolean().optional() });
const sentenceSchema = z.object({ max_seq_length: z.number().int().positive().nullish() });

/** A model folder as its files describe it. */
export interface ModelFolder {
  readonly graph: string;
  readonly tokenizer: string;
  /** The graph and the weights files beside it. */
  readonly weights: readonly string[];
  readonly padId: number;
  readonly maxTokens?: number;
  readonly pooling?: Pooling;
}

/**
 * Finds a sentence encoder's files in the layouts that people have: graph and tokenizer side by side; the graph in an `onnx`
 * folder; quantised graphs; weights in files beside the graph; `sentence_transformers` folders, whose pooling and
 * length limit are read. `graph` picks one of several graphs by its path inside the folder.
 */
export async function readModelFolder(folder: string, graph?: string): Promise<ModelFolder> {
  const graphFile = join(folder, graph ?? (await findGraph(folder)));
  const places = [dirname(graphFile), folder];
  const names = await filesOf(dirname(graphFile));
  if (!names.includes(graphFile)) throw new MissingFileError(graphFile, 'embedding texts');
  const config = await readJson(places, 'config.json', configSchema);
  const sentence = await readJson([folder], 'sentence_bert_config.json', sentenceSchema);
  const pooling = await readJson([join(folder, '1_Pooling')], 'config.json', poolingSchema);
  const padId = config?.pad_token_id ?? 1;
  const positions = config?.max_position_embeddings;
  const maxTokens = sentence?.max_seq_length ?? (positions === undefined ? undefined : positions - padId - 1);
  return {
    graph: graphFile,
    tokenizer: await findFile(places, 'tokenizer.json', 'splitting texts into tokens'),
    weights: [graphFile, ...names.filter((name) => name !== graphFile && !/\.(onnx|json|txt|md|model)$/.test(name))],
    padId,
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(pooling?.pooling_mode_cls_token ? { pooling: 'cls' as const } : pooling?.pooling_mode_mean_tokens ? { pooling: 'mean' as const } : {}),
  };
}

async function findGraph(folder: string): Promise<string> {
  const found = (await Promise.all(['', 'onnx'].map((inner) => filesOf(join(folder, inner)).then((files) => files.filter((file) => file.endsWith('.onnx')).map((file) => file.slice(folder.length + 1)))))).flat();
  const preferred = GRAPH_NAMES.flatMap((name) => [name, join('onnx', name)]).find((name) => found.includes(name));
  if (preferred !== undefined) return preferred;
  if (found.length === 1) return found[0]!;
  if (found.length > 1) throw new InvalidOptionError('graph', undefined, `must name one of ${found.join(', ')}`, { advice: 'The folder holds several graphs: say which, for example with --embedder-option graph=model.onnx.' });
  throw new MissingFileError(join(folder, 'model.onnx'), 'embedding texts', { advice: 'Name the folder of an ONNX export, or fetch one with xtm models fetch bge-m3.' });
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => join(folder, name)).sort();
}

async function findFile(folders: readonly string[], name: string, purpose: string): Promise<string> {
  for (const folder of folders) {
    if ((await filesOf(folder)).includes(join(folder, name))) return join(folder, name);
  }
  throw new MissingFileError(join(folders.at(-1)!, name), purpose);
}

/** The first of the files that exists, as the schema has it; `undefined` if none does. */
async function readJson<Schema extends z.ZodType>(folders: readonly string[], name: string, schema: Schema): Promise<z.output<Schema> | undefined> {
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
