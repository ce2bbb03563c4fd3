import { join, posix } from 'node:path';
import { z } from 'zod';
import { EndpointError, InvalidOptionError, parseOptions, type RunOptions } from '@xtm/contracts';
import {
  fetchContent,
  fetchFiles,
  type RemoteFile,
  resolveTransfer,
  type TransferAdvice,
  type TransferOptions,
  type TransferSettings,
} from '@xtm/data';
import { precisionOf } from '../onnx/model-folder';
import { findEncoder, graphPrecisions, repositoryOf } from './encoder-catalogue';
import { modelsFolder, writeEncoderRecord } from './find-encoders';

/** Where a model is kept: a folder per repository under `folder`, or under `models` in the cache folder. */
export function modelFolder(model: string, folder = modelsFolder()): string {
  return join(folder, repositoryOf(model).replace('/', '--'));
}

/**
 * Fetches a model's ONNX export (a name of the catalogue, or any `OWNER/NAME`) and returns its folder, ready for
 * `openOnnxModel`: it says which model it is. Files that are there with the right checksum stay, graphs of other
 * precisions too; broken downloads go on where they stopped. Progress counts bytes and shows `bytesPerSecond` and
 * `secondsLeft`. Throws `InvalidOptionError`, `EndpointError` or `AbortedError`.
 */
export async function fetchModel(
  model: string,
  options: FetchModelOptions = {},
  run: RunOptions = {},
): Promise<string> {
  const { attempts, retryDelay, stallTimeout, ...own } = options;
  const resolved = parseOptions(fetchModelSchema, own);
  const transfer = resolveTransfer({ attempts, retryDelay, stallTimeout }, FETCH_MODEL_ADVICE, run);
  const folder = modelFolder(model, resolved.folder);
  const repository = repositoryOf(model);
  await fetchFiles(await listFiles(repository, resolved, transfer), folder, transfer, run);
  await writeEncoderRecord(folder, {
    model: findEncoder(model)?.name ?? model,
    repository,
    revision: resolved.revision,
  });
  return folder;
}

const fetchModelSchema = z.strictObject({
  /** Root of the hub: the public one, a mirror, or a local server. */
  baseUrl: z.url({ protocol: /^https?$/ }).default('https://huggingface.co'),
  /** Branch, tag or commit. */
  revision: z.string().min(1).default('main'),
  /** Folder that models are kept in. Default `models` in the cache folder. */
  folder: z.string().min(1).optional(),
  /** Graph with weights as trained, or of 8 bits. Default `float32`. */
  precision: z.enum(graphPrecisions, { error: `must be ${graphPrecisions.join(' or ')}` }).default('float32'),
  /** Path of the graph in the repository, in place of `precision`. */
  graph: z.string().min(1).optional(),
});

/** Where a model is fetched from, where to, and how patiently. */
export type FetchModelOptions = z.input<typeof fetchModelSchema> & TransferOptions;
type ResolvedFetchModelOptions = z.output<typeof fetchModelSchema>;

const FETCH_MODEL_ADVICE: TransferAdvice = {
  offline:
    'Check the connection, or name a mirror as base URL. Without a network, fetch the model on another machine and ' +
    'give its folder, or use the embedder aligned, which needs no model.',
  refused: 'The model may need an account: fetch it by hand and give its folder.',
  missing: 'Check model, revision and base URL.',
};

const entrySchema = z.object({
  type: z.string(),
  path: z
    .string()
    .refine((path) => !path.split('/').includes('..') && !path.startsWith('/'), 'leads outside the folder'),
  size: z.number().int().nonnegative(),
  oid: z.string(),
  lfs: z.object({ oid: z.string().regex(/^[0-9a-f]{64}$/i), size: z.number().int().nonnegative() }).optional(),
});
const listingSchema = z.array(entrySchema);

/** Files outside the graph's folder that describe the model, fetched where they exist. */
const COMPANIONS: readonly string[] = [
  'config.json',
  'tokenizer.json',
  'sentence_bert_config.json',
  'config_sentence_transformers.json',
  '1_Pooling/config.json',
];

const GRAPH_OR_WEIGHTS = /\.onnx([._]data.*)?$/;

/**
 * The files of a model that are needed, with sizes and checksums from the hub's own listing
 * (`/api/models/REPOSITORY/tree/REVISION`): one graph with its weights, and what lies beside it or describes it.
 */
async function listFiles(
  repository: string,
  options: ResolvedFetchModelOptions,
  settings: TransferSettings,
): Promise<RemoteFile[]> {
  const root = `${options.baseUrl.replace(/\/+$/, '')}`;
  const url = `${root}/api/models/${repository}/tree/${encodeURIComponent(options.revision)}?recursive=true`;
  const listing = (await readListing(url, settings)).filter(({ type }) => type === 'file');
  const graphs = listing.map(({ path }) => path).filter((path) => path.endsWith('.onnx'));
  const graph = chooseGraph(repository, options, graphs);
  if (graph === undefined || !graphs.includes(graph)) {
    throw new EndpointError(
      url,
      'notFound',
      `the repository has no ${graph ?? `graph of precision ${options.precision}`}`,
      { advice: graphs.length > 0 ? `It has ${graphs.join(', ')}.` : 'It has no ONNX export.' },
    );
  }
  const folder = posix.dirname(graph);
  const needed = listing.filter(
    ({ path }) =>
      path.startsWith(graph) ||
      COMPANIONS.includes(path) ||
      (path.startsWith(`${folder}/`) && !GRAPH_OR_WEIGHTS.test(path)),
  );
  return needed.map(({ path, size, oid, lfs }) => ({
    path,
    url: `${root}/${repository}/resolve/${encodeURIComponent(options.revision)}/${path.split('/').map(encodeURIComponent).join('/')}`,
    size: lfs?.size ?? size,
    checksum: lfs === undefined ? { algorithm: 'git', value: oid } : { algorithm: 'sha256', value: lfs.oid },
  }));
}

/**
 * The graph that is asked for by path; else the catalogue's of the precision; else the first in the folder `onnx` by
 * its name.
 */
function chooseGraph(
  repository: string,
  { graph, precision }: ResolvedFetchModelOptions,
  found: readonly string[],
): string | undefined {
  if (graph !== undefined) return graph;
  const known = findEncoder(repository);
  if (known?.repository !== repository)
    return precision === 'float32'
      ? 'onnx/model.onnx'
      : found.find((path) => path.startsWith('onnx/') && precisionOf(path) === precision);
  const chosen = known.graphs[precision];
  if (chosen === undefined)
    throw new InvalidOptionError(
      'precision',
      precision,
      `the catalogue has ${known.name} in ${Object.keys(known.graphs).join(' and ')} only`,
      { advice: 'Leave precision out, or name a file of the repository with graph.' },
    );
  return chosen.path;
}

async function readListing(url: string, settings: TransferSettings): Promise<z.output<typeof listingSchema>> {
  const listing = listingSchema.safeParse(parseJson(await fetchContent(url, settings)));
  if (listing.success) return listing.data;
  throw new EndpointError(url, 'invalidReply', 'the answer is not a listing of files', {
    advice: 'Check that the base URL is a Hugging Face hub or a mirror of one.',
  });
}

function parseJson(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content));
  } catch {
    return undefined;
  }
}
