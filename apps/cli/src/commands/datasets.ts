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
import { formatFacts, formatTable, right } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { withProgress } from '../terminal/progress-display';
import { note, print, printJson, textStyle, type Terminal } from '../terminal/terminal';

interface FolderFlags {
  readonly folder?: string;
  readonly json?: boolean;
}

const EXAMPLE = `
Examples:
  xtm datasets fetch amazon-review
  xtm datasets fetch all --base-url file:///data/benchmarks/ --folder benchmarks
  xtm run --dataset benchmarks/Amazon_Review`;

const NAMES = publicDatasets.map(({ name }) => name).join(', ');

const FOLDER = { 'folder <folder>': 'where benchmarks are kept (default: datasets in the cache folder, XTM_CACHE)' };
const JSON_FLAG = { json: 'print JSON' };

export function registerDatasets(program: Command, terminal: Terminal): void {
  const datasets = addCommand(program, 'datasets', { description: "the papers' public benchmarks", more: EXAMPLE });
  addCommand(datasets, 'list', {
    description: 'what benchmarks there are, and which of them are here',
    flags: { ...FOLDER, ...JSON_FLAG },
  }).action((flags: FolderFlags) => listDatasets(flags, terminal));
  addCommand(datasets, 'info', {
    description: 'what a benchmark is, where its files come from, under which licence',
    args: [['<dataset>', `${NAMES}, or ${wikiCompReference.name}`]],
    flags: JSON_FLAG,
  }).action((name: string, flags: FolderFlags) => showInfo(name, flags, terminal));
  addCommand(datasets, 'fetch', {
    description: 'fetch a benchmark, checked against its checksums; goes on where it stopped',
    args: [['<dataset>', `${NAMES}, or all`]],
    flags: {
      'base-url <url>': 'a mirror, file: for a folder of this machine (default: where it is published)',
      ...FOLDER,
      'attempts <number>': 'attempts in a row without a new byte before a file is given up (default 5)',
    },
    more: EXAMPLE,
  }).action((name: string, flags: FetchFlags) => fetchDatasets(name, flags, terminal));
  addCommand(datasets, 'verify', {
    description: "compare a benchmark's files with their checksums",
    args: [['<dataset>', `${NAMES}, or all`]],
    flags: FOLDER,
  }).action((name: string, flags: FolderFlags) => verifyDatasets(name, flags, terminal));
}

function chosen(name: string): readonly PublicDataset[] {
  return name === 'all' ? publicDatasets : [findPublicDataset(name)];
}

async function listDatasets({ folder, json }: FolderFlags, terminal: Terminal): Promise<void> {
  const place = datasetsFolder(folder, terminal);
  const files = await Promise.all(publicDatasets.map((dataset) => verifyDataset(dataset, place)));
  if (!json) return print(terminal, formatDatasets(files, terminal));
  const states = publicDatasets.map(({ name, title, folder: own }, at) => ({
    name,
    title,
    folder: join(place, own),
    files: files[at],
  }));
  printJson(terminal, states);
}

function showInfo(name: string, { json }: FolderFlags, terminal: Terminal): void {
  const reference = name === wikiCompReference.name ? wikiCompReference : undefined;
  const dataset = reference ?? findPublicDataset(name);
  if (json) return printJson(terminal, dataset);
  print(terminal, reference ? formatReferenceInfo(reference) : formatDatasetInfo(dataset as PublicDataset, terminal));
}

type FetchFlags = FolderFlags & FetchDatasetOptions;

function fetchDatasets(name: string, { folder, baseUrl, attempts }: FetchFlags, terminal: Terminal): Promise<void> {
  return withProgress(terminal, async (run, progress) => {
    for (const dataset of chosen(name)) {
      const place = await fetchDataset(dataset, datasetsFolder(folder, terminal), { baseUrl, attempts }, run);
      progress.stop();
      print(terminal, place);
    }
  });
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

/** One line per benchmark, with what is here of its files. */
function formatDatasets(files: readonly (readonly VerifiedFile[])[], terminal: Terminal): string {
  const columns = [
    { title: 'dataset' },
    { title: 'languages' },
    right('training documents'),
    right('MB'),
    { title: 'here' },
  ];
  const rows = publicDatasets.map((dataset, at) => [
    dataset.name,
    dataset.languages.map(({ code }) => code).join(', '),
    dataset.documents.map(({ train }) => train.toLocaleString('en')).join(' + '),
    (dataset.files.reduce((sum, { size }) => sum + size, 0) / 1e6).toFixed(1),
    presence(files[at]!),
  ]);
  return formatTable(columns, rows, textStyle(terminal));
}

function presence(files: readonly VerifiedFile[]): string {
  const whole = files.filter(({ state }) => state === 'whole').length;
  return whole === files.length ? 'yes' : whole === 0 ? 'no' : `${whole} of ${files.length} files`;
}

/** All that a benchmark's descriptor says. */
function formatDatasetInfo(dataset: PublicDataset, terminal: Terminal): string {
  const { languages, documents, references, notes, files } = dataset;
  const count = (number: number): string => number.toLocaleString('en');
  const labels = Object.entries(dataset.labels).map(([value, name]) => `${value} ${name ?? ''}`).join(', ');
  const sources = new Set(Object.values(dataset.sources).map((source) => `${source!.about} ${source!.repository}`));
  const facts: (readonly [string, string])[] = [
    ['documents', dataset.description],
    ['languages', languages.map(({ code, suffix }) => `${code} (files: ${suffix})`).join(', ')],
    [
      'training, test',
      documents.map(({ language, train, test }) => `${language} ${count(train)}, ${count(test)}`).join('; '),
    ],
    ...(labels === '' ? [] : [['labels', labels] as const]),
    ['dictionary', dataset.dictionary],
    ['preset', dataset.preset],
    ...references.map((reference) => ['from', reference] as const),
    ...[...sources].map((source) => ['source', source] as const),
    ['licence', dataset.licence],
    ...notes.map((text) => ['note', text] as const),
  ];
  const columns = [{ title: 'file' }, right('bytes'), { title: 'SHA-256' }];
  const rows = files.map(({ path, size, sha256 }) => [path, String(size), sha256]);
  return [dataset.title, formatFacts(facts), '', formatTable(columns, rows, textStyle(terminal))].join('\n');
}

/** How to get what cannot be fetched. */
function formatReferenceInfo(reference: ReferenceFiles): string {
  const { title, description, repository, origin, licence, obtain, use, files } = reference;
  const facts = { what: description, source: repository, from: origin, licence, 'get them': obtain, 'use them': use };
  const why = 'The repository publishes no checksums, so these files are not fetched for you:';
  return [title, formatFacts(Object.entries(facts)), '', why, ...files.map((file) => `  ${file}`)].join('\n');
}

/** Where benchmarks are kept unless a flag says so. */
export function datasetsFolder(folder: string | undefined, { environment }: Terminal): string {
  return folder ?? join(cacheFolder(environment), 'datasets');
}
