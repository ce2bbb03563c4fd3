import { join } from 'node:path';
import type { Command } from 'commander';
import { DataFormatError } from '@xtm/contracts';
import { fetchDataset, findPublicDataset, publicDatasets, verifyDataset, wikiCompReference } from '@xtm/data';
import { cacheFolder } from '@xtm/llm';
import { formatBenchmark, formatBenchmarks, formatReferenceFiles } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { withProgress } from '../terminal/progress-display';
import { note, print, printJson, textStyle, type Terminal } from '../terminal/terminal';

const EXAMPLE = `
Examples:
  xtm datasets fetch amazon-review
  xtm datasets fetch all --base-url file:///data/benchmarks/ --folder benchmarks
  xtm run --dataset benchmarks/Amazon_Review`;

const NAMES = publicDatasets.map(({ name }) => name).join(', ');

const FOLDER = {
  'folder <folder>': 'where benchmarks are kept (default: datasets in the cache folder, XTM_CACHE)',
} as const;
const JSON_FLAG = { json: 'print JSON' } as const;

export function registerDatasets(program: Command, terminal: Terminal): void {
  const about = { description: "the papers' public benchmarks", more: EXAMPLE };
  const { command: datasets } = addCommand(program, 'datasets', about);
  addCommand(datasets, 'list', {
    description: 'what benchmarks there are, and which of them are here',
    flags: { ...FOLDER, ...JSON_FLAG },
  }).action(({ folder, json }) => listDatasets(datasetsFolder(folder, terminal), json, terminal));
  addCommand(datasets, 'info', {
    description: 'what a benchmark is, where its files come from, under which licence',
    args: [['<dataset>', `${NAMES}, or ${wikiCompReference.name}`]],
    flags: JSON_FLAG,
  }).action(({ json }, name) => showInfo(name, json, terminal));
  addCommand(datasets, 'fetch', {
    description: 'fetch a benchmark, checked against its checksums; goes on where it stopped',
    args: [['<dataset>', `${NAMES}, or all`]],
    flags: {
      'base-url <url>': 'a mirror, file: for a folder of this machine (default: where it is published)',
      ...FOLDER,
      'attempts <number>': 'attempts in a row without a new byte before a file is given up (default 5)',
    },
    more: EXAMPLE,
  }).action(({ folder, ...options }, name) =>
    withProgress(terminal, async (run, progress) => {
      for (const dataset of chosen(name)) {
        const place = await fetchDataset(dataset, datasetsFolder(folder, terminal), options, run);
        progress.stop();
        print(terminal, place);
      }
    }));
  addCommand(datasets, 'verify', {
    description: "compare a benchmark's files with their checksums",
    args: [['<dataset>', `${NAMES}, or all`]],
    flags: FOLDER,
  }).action(({ folder }, name) => verifyDatasets(name, datasetsFolder(folder, terminal), terminal));
}

function chosen(name: string) {
  return name === 'all' ? publicDatasets : [findPublicDataset(name)];
}

async function listDatasets(place: string, json: boolean | undefined, terminal: Terminal): Promise<void> {
  const held = await Promise.all(
    publicDatasets.map(async (dataset) => ({ dataset, files: await verifyDataset(dataset, place) })),
  );
  if (!json) return print(terminal, formatBenchmarks(held, textStyle(terminal)));
  const states = held.map(({ dataset: { name, title, folder }, files }) => {
    return { name, title, folder: join(place, folder), files };
  });
  printJson(terminal, states);
}

function showInfo(name: string, json: boolean | undefined, terminal: Terminal): void {
  if (name === wikiCompReference.name) {
    if (json) return printJson(terminal, wikiCompReference);
    return print(terminal, formatReferenceFiles(wikiCompReference));
  }
  const dataset = findPublicDataset(name);
  if (json) printJson(terminal, dataset);
  else print(terminal, formatBenchmark(dataset, textStyle(terminal)));
}

/** @throws DataFormatError naming the first file that is not what it should be, after all are shown */
async function verifyDatasets(name: string, place: string, terminal: Terminal): Promise<void> {
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

/** Where benchmarks are kept unless a flag says so. */
export function datasetsFolder(folder: string | undefined, { environment }: Terminal): string {
  return folder ?? join(cacheFolder(environment), 'datasets');
}
