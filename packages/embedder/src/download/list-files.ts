import { EndpointError } from '@xtm/contracts';
import { fetchContent, type RemoteFile, type TransferSettings } from '@xtm/data';
import { z } from 'zod';
import type { ResolvedFetchModelOptions } from './fetch-model-options';
import type { CatalogueEntry } from './model-catalogue';

const entrySchema = z.object({
  type: z.string(),
  path: z.string().refine((path) => !path.split('/').includes('..') && !path.startsWith('/'), 'leads outside the folder'),
  size: z.number().int().nonnegative(),
  oid: z.string(),
  lfs: z.object({ oid: z.string().regex(/^[0-9a-f]{64}$/i), size: z.number().int().nonnegative() }).optional(),
});
const listingSchema = z.array(entrySchema);

/**
 * The files of a model that are needed, with sizes and checksums from the hub's own listing
 * (`/api/models/REPOSITORY/tree/REVISION`).
 */
export async function listFiles(entry: CatalogueEntry, options: ResolvedFetchModelOptions, settings: TransferSettings): Promise<RemoteFile[]> {
  const { repository, folder, companions } = entry;
  const root = `${options.baseUrl.replace(/\/+$/, '')}`;
  const graph = options.graph ?? `${folder}/model.onnx`;
  const url = `${root}/api/models/${repository}/tree/${encodeURIComponent(options.revision)}?recursive=true`;
  const listing = await readListing(url, settings);
  const needed = listing.filter(({ type, path }) => type === 'file' && (companions.includes(path) || (path.startsWith(`${folder}/`) && belongsTo(graph, path))));
  if (!needed.some(({ path }) => path === graph)) {
    const graphs = listing.map(({ path }) => path).filter((path) => path.endsWith('.onnx'));
    throw new EndpointError(url, 'notFound', `the repository has no ${graph}`, { advice: graphs.length > 0 ? `It has ${graphs.join(', ')}.` : 'It has no ONNX export.' });
  }
  return needed.map(({ path, size, oid, lfs }) => ({
    path,
    url: `${root}/${repository}/resolve/${encodeURIComponent(options.revision)}/${path.split('/').map(encodeURIComponent).join('/')}`,
    size: lfs?.size ?? size,
    checksum: lfs === undefined ? { algorithm: 'git', value: oid } : { algorithm: 'sha256', value: lfs.oid },
  }));
}

/** Other graphs and their weights are left out. */
function belongsTo(graph: string, path: string): boolean {
  return path === graph || !/\.onnx([._]data.*)?$/.test(path) || path.startsWith(`${graph}.`) || path.startsWith(`${graph}_`);
}

async function readListing(url: string, settings: TransferSettings): Promise<z.output<typeof listingSchema>> {
  const listing = listingSchema.safeParse(parseJson(await fetchContent(url, settings)));
  if (listing.success) return listing.data;
  throw new EndpointError(url, 'invalidReply', 'the answer is not a listing of files', { advice: 'Check that the base URL is a Hugging Face hub or a mirror of one.' });
}

function parseJson(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content));
  } catch {
    return undefined;
  }
}
