import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import { z } from 'zod';
import { EndpointError, InvalidOptionError, type Language, parseOptions, type RunOptions } from '@xtm/contracts';
import amazonReview from '../../../datasets/amazon-review.json';
import ecNews from '../../../datasets/ec-news.json';
import rakutenAmazon from '../../../datasets/rakuten-amazon.json';
import wikiComp from '../../../datasets/wikicomp-2014.json';
import { type DatasetDescriptor, DESCRIPTOR_FILE } from './dataset/dataset-files';
import { checkFile, fetchFiles, type FileState, type RemoteFile } from './download/fetch-files';
import {
  fetchContent,
  resolveTransfer,
  type TransferAdvice,
  type TransferOptions,
  type TransferSettings,
} from './download/open-source';

/** Where files of a benchmark are published. */
export interface DatasetSource {
  readonly about: string;
  readonly repository: string;
  /** What a file's path is added to; absent where the files are in an archive. */
  readonly baseUrl?: string;
  /** A zip archive whose members have the files' paths. */
  readonly archive?: string;
}

/** A file of a benchmark. */
export interface DatasetFile {
  /** Below the folder that holds benchmarks, as mirrors have it. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Key of its source. */
  readonly source: string;
}

/** A public benchmark: what it is, and how its files are got and checked. */
export interface PublicDataset {
  /** Its name on the command line, and of its preset. */
  readonly name: string;
  readonly title: string;
  /** Name of its folder. */
  readonly folder: string;
  /** What the documents are, for the prompts of ratings. */
  readonly description: string;
  readonly languages: readonly Language[];
  /** Names of label values, where they are known. */
  readonly labels: Readonly<Partial<Record<string, string>>>;
  readonly preset: string;
  /** Path of its dictionary, one of the files. */
  readonly dictionary: string;
  readonly documents: readonly { readonly language: string; readonly train: number; readonly test: number }[];
  /** Publications that it comes from. */
  readonly references: readonly string[];
  readonly licence: string;
  readonly notes: readonly string[];
  readonly sources: Readonly<Partial<Record<string, DatasetSource>>>;
  readonly files: readonly DatasetFile[];
}

/** Files that are needed beside the benchmarks and have to be got by hand, since nobody states their checksums. */
export interface ReferenceFiles {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly repository: string;
  /** Where the repository has them from. */
  readonly origin: string;
  readonly licence: string;
  /** Command that gets them. */
  readonly obtain: string;
  /** Command that uses them. */
  readonly use: string;
  /** By the second language's code: the list of file pairs that `readReferenceConfig` of `@xtm/metrics` reads. */
  readonly configs: Readonly<Partial<Record<string, string>>>;
  readonly files: readonly string[];
}

/** The benchmarks of the papers. */
export const publicDatasets: readonly PublicDataset[] = [ecNews, amazonReview, rakutenAmazon];

/** The comparable corpus that the papers count CNPMI on. */
export const wikiCompReference: ReferenceFiles = wikiComp;

/** The benchmark of a name. Throws `InvalidOptionError` with the names that there are. */
export function findPublicDataset(name: string): PublicDataset {
  const found = publicDatasets.find((dataset) => dataset.name === name || dataset.folder === name);
  if (found !== undefined) return found;
  const advice =
    name === wikiCompReference.name
      ? `Its files have no published checksums; get them by hand: ${wikiCompReference.obtain}`
      : undefined;
  throw new InvalidOptionError(
    'dataset',
    name,
    `must be one of ${publicDatasets.map((dataset) => dataset.name).join(', ')}`,
    { advice },
  );
}

const schema = z.strictObject({
  baseUrl: z.url({ protocol: /^(https?|file)$/, error: 'must be an address with http:, https: or file:' }).optional(),
});

/** Where a benchmark is fetched from, and how patiently. */
export interface FetchDatasetOptions extends TransferOptions {
  /**
   * A mirror: files are at this address plus their path, `Amazon_Review/vocab_en` for example. A `file:` address makes
   * a folder of this machine one. By default the repositories that publish the files.
   */
  readonly baseUrl?: string;
}

const ADVICE: TransferAdvice = {
  offline: 'Check the connection, or name a mirror with `baseUrl`, a folder for example: file:///data/benchmarks/.',
  refused: 'Name a mirror that may be read with `baseUrl`.',
  missing: 'Check the base URL: "xtm datasets info NAME" lists the paths below it.',
};

/**
 * Fetches a benchmark's files into its folder and the dictionary's below `folder`, and describes the dataset there in
 * `dataset.json`, so that it can be trained on without further settings. What is there and right stays, what is broken
 * off goes on, and nothing with a wrong checksum is kept.
 *
 * @returns the dataset's folder
 * @throws InvalidOptionError, EndpointError, MissingFileError for a `file:` mirror, AbortedError
 */
export async function fetchDataset(
  dataset: PublicDataset,
  folder: string,
  options: FetchDatasetOptions = {},
  run: RunOptions = {},
): Promise<string> {
  const { attempts, retryDelay, stallTimeout, ...own } = options;
  const { baseUrl } = parseOptions(schema, own);
  const settings = resolveTransfer({ attempts, retryDelay, stallTimeout }, ADVICE, run);
  const isPacked = (file: DatasetFile): boolean =>
    baseUrl === undefined && dataset.sources[file.source]?.archive !== undefined;
  const loose = dataset.files.filter((file) => !isPacked(file));
  await fetchFiles(
    loose.map((file) => remoteFile(file, baseUrl ?? dataset.sources[file.source]!.baseUrl!)),
    folder,
    settings,
    run,
  );
  for (const file of dataset.files.filter(isPacked)) await fetchPacked(dataset, file, folder, settings);
  await describeDataset(dataset, folder);
  return join(folder, dataset.folder);
}

function remoteFile({ path, size, sha256 }: DatasetFile, baseUrl: string): RemoteFile {
  return {
    path,
    size,
    checksum: { algorithm: 'sha256', value: sha256 },
    url: `${baseUrl.replace(/\/*$/, '/')}${path.split('/').map(encodeURIComponent).join('/')}`,
  };
}

/** Takes a file out of its archive; it then goes the way of every file, so that its checksum counts. */
async function fetchPacked(
  dataset: PublicDataset,
  file: DatasetFile,
  folder: string,
  settings: TransferSettings,
): Promise<void> {
  const [verified] = await verifyDataset({ ...dataset, files: [file] }, folder);
  if (verified!.state === 'whole') return;
  const archive = dataset.sources[file.source]!.archive!;
  const content = unzipSync(await fetchContent(archive, settings), { filter: ({ name }) => name === file.path })[
    file.path
  ];
  if (content === undefined)
    throw new EndpointError(archive, 'invalidReply', `the archive has no ${file.path}`, { advice: ADVICE.refused });
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

/** Writes `dataset.json` into a benchmark's folder below `folder`. */
async function describeDataset(
  { folder: name, description, languages, labels, preset, dictionary }: PublicDataset,
  folder: string,
): Promise<void> {
  const descriptor = {
    name,
    description,
    languages,
    dictionary: relative(name, dictionary).replaceAll('\\', '/'),
    labels: { ...labels } as Record<string, string>,
    preset,
  } satisfies DatasetDescriptor;
  await writeFile(join(folder, name, DESCRIPTOR_FILE), `${JSON.stringify(descriptor, undefined, 2)}\n`);
}

/** A benchmark's file, and what became of it. */
export interface VerifiedFile {
  readonly path: string;
  readonly state: FileState;
}

/** Compares a benchmark's files below a folder with the sizes and checksums that they should have. */
export async function verifyDataset({ files }: PublicDataset, folder: string): Promise<VerifiedFile[]> {
  const verified: VerifiedFile[] = [];
  for (const { path, size, sha256 } of files) {
    verified.push({
      path,
      state: await checkFile(join(folder, ...path.split('/')), {
        size,
        checksum: { algorithm: 'sha256', value: sha256 },
      }),
    });
  }
  return verified;
}
