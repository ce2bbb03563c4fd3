import { join } from 'node:path';
import type { Command } from 'commander';
import { DataFormatError } from '@xtm/contracts';
import {
  fetchDataset,
  type FetchDatasetOptions,
  findPublicDataset,
  type PublicDataset,
  publicDatasets,
  type ReferenceFiles,
  type VerifiedFile,
  verifyDataset,
  wikiCompReference,
} from '@xtm/data';
import { cacheFolder } from '@xtm/llm';
import { parseNumber } from '../settings/parse-value';
import { ProgressDisplay } from '../terminal/progress-display';
import { formatTable } from '../terminal/table';
import { note, print, type Terminal } from '../terminal/terminal';

interface FolderFlags {
  readonly folder?: string;
  readonly json?: boolean;
}

const EXAMPLE = `
Examples:
  xtm datasets fetch amazon-review
  xtm datasets fetch all --base-url file:///data/benchmarks/ --folder benchmarks
  xtm run --dataset benchmarks/Amazon_Review`;

const FOLDER = [
  '--folder <folder>',
  'where benchmarks are kept (default: datasets in the cache folder, XTM_CACHE)',
] as const;

export function registerDatasets(program: Command, terminal: Terminal): void {
  const datasets = program
    .command('datasets')
    .description("the papers' public benchmarks")
    .addHelpText('after', EXAMPLE);
  datasets
    .command('list')
    .description('what benchmarks there are, and which of them are here')
    .option(...FOLDER)
    .option('--json', 'print JSON')
    .action(async (flags: FolderFlags) => listDatasets(flags, terminal));
  datasets
    .command('info')
    .description('what a benchmark is, where its files come from, under which licence')
    .argument('<dataset>', `${names()}, or ${wikiCompReference.name}`)
    .option('--json', 'print JSON')
    .action((name: string, flags: FolderFlags) => showInfo(name, flags, terminal));
  datasets
    .command('fetch')
    .description(
      'fetch a benchmark from where it is published, or from a mirror, checked against its checksums; goes on where ' +
        'it stopped',
    )
    .argument('<dataset>', `${names()}, or all`)
    .option('--base-url <url>', 'a mirror, file: for a folder of this machine')
    .option(...FOLDER)
    .option(
      '--attempts <number>',
      'attempts in a row without a new byte before a file is given up (default 5)',
      parseNumber('attempts'),
    )
    .addHelpText('after', EXAMPLE)
    .action(async (name: string, flags: FolderFlags & FetchDatasetOptions) => fetchDatasets(name, flags, terminal));
  datasets
    .command('verify')
    .description('compare a benchmark\'s files with their checksums')
    .argument('<dataset>', `${names()}, or all`)
    .option(...FOLDER)
    .action(async (name: string, flags: FolderFlags) => verifyDatasets(name, flags, terminal));
}

function names(): string {
  return publicDatasets.map(({ name }) => name).join(', ');
}

function chosen(name: string): readonly PublicDataset[] {
  return name === 'all' ? publicDatasets : [findPublicDataset(name)];
}

async function listDatasets({ folder, json }: FolderFlags, terminal: Terminal): Promise<void> {
  const place = datasetsFolder(folder, terminal);
  const states = await Promise.all(
    publicDatasets.map(async (dataset) => ({ dataset, files: await verifyDataset(dataset, place) })),
  );
  if (json)
    print(
      terminal,
      JSON.stringify(
        states.map(({ dataset: { name, title, folder: own }, files }) => ({
          name,
          title,
          folder: join(place, own),
          files,
        })),
        undefined,
        2,
      ),
    );
  else print(terminal, formatDatasets(states, terminal));
}

function showInfo(name: string, { json }: FolderFlags, terminal: Terminal): void {
  const reference = name === wikiCompReference.name;
  const info = reference ? wikiCompReference : findPublicDataset(name);
  if (json) print(terminal, JSON.stringify(info, undefined, 2));
  else
    print(
      terminal,
      reference ? formatReferenceInfo(wikiCompReference) : formatDatasetInfo(findPublicDataset(name), terminal),
    );
}

async function fetchDatasets(
  name: string,
  { folder, baseUrl, attempts }: FolderFlags & FetchDatasetOptions,
  terminal: Terminal,
): Promise<void> {
  const progress = new ProgressDisplay(terminal);
  try {
    for (const dataset of chosen(name)) {
      const place = await fetchDataset(
        dataset,
        datasetsFolder(folder, terminal),
        { baseUrl, attempts },
        { signal: terminal.signal, onProgress: progress.update },
      );
      progress.stop();
      print(terminal, place);
    }
  } finally {
    progress.stop();
  }
}

/** @throws DataFormatError naming the first file that is not what it should be, after all are shown */
async function verifyDatasets(name: string, { folder }: FolderFlags, terminal: Terminal): Promise<void> {
  const place = datasetsFolder(folder, terminal);
  const wrong: string[] = [];
  for (const dataset of chosen(name)) {
    const files = await verifyDataset(dataset, place);
    const bad = files.filter(({ state }) => state !== 'whole');
    for (const { path, state } of bad) note(terminal, `${state}: ${join(place, path)}`);
    print(terminal, `${dataset.name}: ${files.length - bad.length} of ${files.length} files are right`);
    wrong.push(...bad.map(({ path }) => path));
  }
  if (wrong.length === 0) return;
  throw new DataFormatError(
    `is missing or not what it should be (wrong files: ${wrong.length})`,
    { file: join(place, wrong[0]!) },
    { advice: `Mend them with "xtm datasets fetch ${name}".` },
  );
}

const MEGABYTE = 1_000_000;

/** Benchmarks, a line each, with what is here of them. */
function formatDatasets(
  states: readonly { readonly dataset: PublicDataset; readonly files: readonly VerifiedFile[] }[],
  terminal: Terminal,
): string {
  const columns = [
    { title: 'dataset' },
    { title: 'languages' },
    { title: 'training documents', align: 'right' as const },
    { title: 'MB', align: 'right' as const },
    { title: 'here' },
  ];
  const rows = states.map(({ dataset, files }) => [
    dataset.name,
    dataset.languages.map(({ code }) => code).join(', '),
    dataset.documents.map(({ train }) => train.toLocaleString('en')).join(' + '),
    (sizeOf(dataset) / MEGABYTE).toFixed(1),
    presence(files),
  ]);
  return formatTable(columns, rows, terminal);
}

function presence(files: readonly VerifiedFile[]): string {
  const whole = files.filter(({ state }) => state === 'whole').length;
  return whole === files.length ? 'yes' : whole === 0 ? 'no' : `${whole} of ${files.length} files`;
}

function sizeOf({ files }: PublicDataset): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** All that a benchmark's descriptor says. */
function formatDatasetInfo(dataset: PublicDataset, terminal: Terminal): string {
  const {
    title,
    description,
    languages,
    documents,
    labels,
    preset,
    dictionary,
    references,
    licence,
    notes,
    sources,
    files,
  } = dataset;
  const labelNames = Object.entries(labels).map(([value, name]) => `${value} ${name ?? ''}`).join(', ');
  const facts: [string, string][] = [
    ['documents', description],
    ['languages', languages.map(({ code, suffix }) => `${code} (files: ${suffix})`).join(', ')],
    [
      'training, test',
      documents
        .map(({ language, train, test }) => `${language} ${train.toLocaleString('en')}, ${test.toLocaleString('en')}`)
        .join('; '),
    ],
    ...(labelNames === '' ? [] : [['labels', labelNames] as [string, string]]),
    ['dictionary', dictionary],
    ['preset', preset],
    ...references.map((reference): [string, string] => ['from', reference]),
    ...[...new Set(Object.values(sources).map((source) => `${source!.about} ${source!.repository}`))].map(
      (source): [string, string] => ['source', source],
    ),
    ['licence', licence],
    ...notes.map((text): [string, string] => ['note', text]),
  ];
  const table = formatTable(
    [{ title: 'file' }, { title: 'bytes', align: 'right' }, { title: 'SHA-256' }],
    files.map(({ path, size, sha256 }) => [path, String(size), sha256]),
    terminal,
  );
  return [title, ...formatFacts(facts), '', table].join('\n');
}

/** How to get what cannot be fetched. */
function formatReferenceInfo({
  title,
  description,
  repository,
  origin,
  licence,
  obtain,
  use,
  files,
}: ReferenceFiles): string {
  const facts: [string, string][] = [
    ['what', description],
    ['source', repository],
    ['from', origin],
    ['licence', licence],
    ['get them', obtain],
    ['use them', use],
  ];
  return [
    title,
    ...formatFacts(facts),
    '',
    'The repository publishes no checksums, so these files are not fetched for you:',
    ...files.map((file) => `  ${file}`),
  ].join('\n');
}

function formatFacts(facts: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}

/** Where benchmarks are kept unless a flag says so. */
export function datasetsFolder(folder: string | undefined, { environment }: Terminal): string {
  return folder ?? join(cacheFolder(environment), 'datasets');
}
