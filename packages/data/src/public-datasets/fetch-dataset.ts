import { EndpointError, parseOptions, type RunOptions } from '@xtm/contracts';
import { unzipSync } from 'fflate';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { fetchContent } from '../download/fetch-content';
import { fetchFiles } from '../download/fetch-files';
import type { RemoteFile } from '../download/remote-file';
import { resolveTransfer, type TransferAdvice, type TransferOptions, type TransferSettings } from '../download/transfer-options';
import { describeDataset } from './describe-dataset';
import type { DatasetFile, PublicDataset } from './public-dataset';
import { verifyDataset } from './verify-dataset';

const schema = z.strictObject({
  baseUrl: z.url({ protocol: /^(https?|file)$/, error: 'must be an address with http:, https: or file:' }).optional(),
});

/** Where a benchmark is fetched from, and how patiently. */
export interface FetchDatasetOptions extends TransferOptions {
  /**
   * A mirror: files are at this address plus their path, `Amazon_Review/vocab_en` for example. A `file:` address makes a
   * folder of this machine one. By default the repositories that publish the files.
   */
  readonly baseUrl?: string;
}

const ADVICE: TransferAdvice = {
  offline: 'Check the connection, or name a mirror with --base-url, a folder for example: file:///data/benchmarks/.',
  refused: 'Name a mirror that may be read with --base-url.',
  missing: 'Check the base URL: "xtm datasets info NAME" lists the paths below it.',
};

/**
 * Fetches a benchmark's files into its folder and the dictionary's below `folder`, and describes the dataset there in
 * `dataset.json`, so that it can be trained on without further settings. What is there and right stays, what is broken off goes
 * on, and nothing with a wrong checksum is kept.
 *
 * @returns the dataset's folder
 * @throws InvalidOptionError, EndpointError, MissingFileError for a `file:` mirror, AbortedError
 */
export async function fetchDataset(dataset: PublicDataset, folder: string, options: FetchDatasetOptions = {}, run: RunOptions = {}): Promise<string> {
  const { attempts, retryDelay, stallTimeout, ...own } = options;
  const { baseUrl } = parseOptions(schema, own);
  const settings = resolveTransfer({ attempts, retryDelay, stallTimeout }, ADVICE, run);
  const isPacked = (file: DatasetFile): boolean => baseUrl === undefined && dataset.sources[file.source]?.archive !== undefined;
  const loose = dataset.files.filter((file) => !isPacked(file));
  await fetchFiles(loose.map((file) => remoteFile(file, baseUrl ?? dataset.sources[file.source]!.baseUrl!)), folder, settings, run);
  for (const file of dataset.files.filter(isPacked)) await fetchPacked(dataset, file, folder, settings);
  await describeDataset(dataset, folder);
  return join(folder, dataset.folder);
}

function remoteFile({ path, size, sha256 }: DatasetFile, baseUrl: string): RemoteFile {
  return { path, size, checksum: { algorithm: 'sha256', value: sha256 }, url: `${baseUrl.replace(/\/*$/, '/')}${path.split('/').map(encodeURIComponent).join('/')}` };
}

/** Takes a file out of its archive; it then goes the way of every file, so that its checksum counts. */
async function fetchPacked(dataset: PublicDataset, file: DatasetFile, folder: string, settings: TransferSettings): Promise<void> {
  const [verified] = await verifyDataset({ ...dataset, files: [file] }, folder);
  if (verified!.state === 'whole') return;
  const archive = dataset.sources[file.source]!.archive!;
  const content = unzipSync(await fetchContent(archive, settings), { filter: ({ name }) => name === file.path })[file.path];
  if (content === undefined) throw new EndpointError(archive, 'invalidReply', `the archive has no ${file.path}`, { advice: ADVICE.refused });
  const unpacked = await mkdtemp(join(tmpdir(), 'xtm-archive-'));
  try {
    const member = join(unpacked, ...file.path.split('/'));
    await mkdir(dirname(member), { recursive: true });
    await writeFile(member, content);
    await fetchFiles([remoteFile(file, pathToFileURL(unpacked).href)], folder, settings);
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
}
