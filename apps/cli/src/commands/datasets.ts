import type { Command } from 'commander';
import { join } from 'node:path';
import { DataFormatError } from '@xtm/contracts';
import { fetchDataset, findPublicDataset, publicDatasets, verifyDataset, wikiCompReference, type FetchDatasetOptions, type PublicDataset } from '@xtm/data';
import { formatDatasets, formatDatasetInfo, formatReferenceInfo } from '../results/dataset-tables';
import { parseNumber } from '../settings/parse-value';
import { ProgressDisplay } from '../terminal/progress-display';
import { note, print, type Terminal } from '../terminal/terminal';
import { datasetsFolder } from '../wiring/datasets-folder';

interface FolderFlags {
  readonly folder?: string;
  readonly json?: boolean;
}

const EXAMPLE = `
Examples:
  xtm datasets fetch amazon-review
  xtm datasets fetch all --base-url file:///data/benchmarks/ --folder benchmarks
  xtm run --dataset benchmarks/Amazon_Review`;

const FOLDER = ['--folder <folder>', 'where benchmarks are kept (default: datasets in the cache folder, XTM_CACHE)'] as const;

export function registerDatasets(program: Command, terminal: Terminal): void {
  const datasets = program.command('datasets').description('the papers\' public benchmarks').addHelpText('after', EXAMPLE);
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
    .description('fetch a benchmark from where it is published, or from a mirror, checked against its checksums; goes on where it stopped')
    .argument('<dataset>', `${names()}, or all`)
    .option('--base-url <url>', 'a mirror, file: for a folder of this machine')
    .option(...FOLDER)
    .option('--attempts <number>', 'attempts in a row without a new byte before a file is given up (default 5)', parseNumber('attempts'))
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
  const states = await Promise.all(publicDatasets.map(async (dataset) => ({ dataset, files: await verifyDataset(dataset, place) })));
  if (json) print(terminal, JSON.stringify(states.map(({ dataset: { name, title, folder: own }, files }) => ({ name, title, folder: join(place, own), files })), undefined, 2));
  else print(terminal, formatDatasets(states, terminal));
}

function showInfo(name: string, { json }: FolderFlags, terminal: Terminal): void {
  const reference = name === wikiCompReference.name;
  const info = reference ? wikiCompReference : findPublicDataset(name);
  if (json) print(terminal, JSON.stringify(info, undefined, 2));
  else print(terminal, reference ? formatReferenceInfo(wikiCompReference) : formatDatasetInfo(findPublicDataset(name), terminal));
}

async function fetchDatasets(name: string, { folder, baseUrl, attempts }: FolderFlags & FetchDatasetOptions, terminal: Terminal): Promise<void> {
  const progress = new ProgressDisplay(terminal);
  try {
    for (const dataset of chosen(name)) {
      const place = await fetchDataset(dataset, datasetsFolder(folder, terminal), { baseUrl, attempts }, { signal: terminal.signal, onProgress: progress.update });
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
  throw new DataFormatError(`is missing or not what it should be (wrong files: ${wrong.length})`, { file: join(place, wrong[0]!) }, { advice: `Mend them with "xtm datasets fetch ${name}".` });
}
