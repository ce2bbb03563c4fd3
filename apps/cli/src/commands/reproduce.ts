import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { publicDatasets } from '@xtm/data';
import { type SettingLayer, writeAtomically } from '@xtm/pipeline';
import {
  countMissingCnpmi,
  fillReproduction,
  formatRunStates,
  keepRun,
  MAIN_ENGINE,
  type PaperTable,
  paperTables,
  readRunResults,
  type Reproduction,
  type RunState,
  runStates,
  trainMissing,
  writeMarkdown,
  writeReproduction,
  writeResultsPage,
} from '@xtm/reproduce';
import { addCommand } from '../settings/add-command';
import { isLlmFlag } from '../settings/llm-flags';
import { collectPair, collectText } from '../settings/parse-value';
import { addFlags, addSettingFlags } from '../settings/setting-flags';
import { settingsOfFlags } from '../settings/settings-of-flags';
import { ProgressDisplay } from '../terminal/progress-display';
import { note, print, printJson, textStyle, type Terminal } from '../terminal/terminal';
import { trainingOptions } from '../terminal/training-options';
import { datasetsFolder } from './datasets';

interface ReproduceFlags {
  readonly dataset?: readonly string[];
  readonly seeds?: number;
  readonly quick?: boolean;
  readonly epochs?: Readonly<Record<string, number>>;
  readonly engine?: string;
  readonly runsFolder?: string;
  readonly datasetsFolder?: string;
  readonly references?: string;
  readonly backend?: string;
  readonly threads?: number;
  readonly embedder?: string;
  readonly train: boolean;
  readonly dryRun?: boolean;
  readonly out?: string;
  readonly json?: boolean;
  readonly llmModel?: string;
  readonly [flag: string]: unknown;
}

const EXAMPLE = `
Examples:
  xtm reproduce table5 --dataset amazon-review --seeds 1 --dry-run
  xtm reproduce table2 --references CNPMI --llm-preset gemini --llm-model gemini-2.5-flash --embedder bge-m3
  xtm reproduce overview --no-train --runs-folder docs/results`;

export function registerReproduce(program: Command, terminal: Terminal): void {
  const reproduce = addCommand(program, 'reproduce', {
    description: "the papers' tables: runs what their cells need, and fills them beside the published numbers",
    more: EXAMPLE,
  });
  for (const table of paperTables) addTable(reproduce, table, terminal);
  addCommand(reproduce, 'results', {
    description: 'write the page of results from runs that are kept; --add keeps more of them',
    flags: {
      'from <folder>': 'folder of kept runs (default docs/results)',
      'out <file>': 'the page (default docs/results.md)',
      'add <run>': ["keep a finished run's figures and settings; may be given several times", collectText],
    },
  }).action((flags: ResultsFlags) => writeResults(flags, terminal));
}

function addTable(parent: Command, table: PaperTable, terminal: Terminal): void {
  const command = addCommand(parent, table.name, {
    description: table.title,
    flags: {
      'dataset <name...>': ['only these benchmarks', publicDatasets.map(({ name }) => name)],
      'seeds <number>': 'runs of each model (default 5; 1 with --quick)',
      quick: 'a few epochs only, to see that all works; the table says so',
      'epochs <model=number>': ['epochs of phase 1, once per model (default: as published)', collectPair('epochs')],
      'runs-folder <folder>': 'where run folders are (default runs/reproduce)',
      'datasets-folder <folder>': 'where benchmarks are (default: where "xtm datasets fetch" puts them)',
      'references <folder>': 'folder of the public CNPMI tool with its reference corpus',
      'embedder <name>': 'embeddings for models and phase 2 (default aligned; the papers have bge-m3)',
      'engine <name>': `which language model of table9 --llm-model is (default ${MAIN_ENGINE})`,
      'no-train': 'fill the table from the runs that are there',
      'dry-run': 'list the runs that are needed and what they would take, and do nothing',
      'out <folder>': 'where the table goes as Markdown, LaTeX and JSON (default reproduced)',
      json: 'print JSON in place of Markdown',
    },
    more: EXAMPLE,
  });
  addSettingFlags(addFlags(command, { backend: undefined, threads: undefined }), ['language model']);
  command.action((flags: ReproduceFlags) => reproduceTable(table, flags, terminal));
}

async function reproduceTable(table: PaperTable, flags: ReproduceFlags, terminal: Terminal): Promise<void> {
  const reproduction = reproductionOf(table, flags, terminal);
  if (flags.dryRun) {
    const states = runStates(reproduction);
    if (!flags.json) return print(terminal, formatRunStates(states, textStyle(terminal)));
    const names = ({ dataset, method }: RunState['run']) => ({ dataset: dataset.name, method: method.label });
    return printJson(terminal, states.map(({ run, finished }) => ({ ...run, ...names(run), finished })));
  }
  await trainAndCount(reproduction, flags, terminal);
  const filled = fillReproduction(reproduction);
  if (flags.json) printJson(terminal, filled);
  else print(terminal, writeMarkdown(filled).trimEnd());
  for (const file of writeReproduction(filled, flags.out ?? 'reproduced')) note(terminal, file);
}

async function trainAndCount(
  reproduction: Reproduction,
  { train }: ReproduceFlags,
  terminal: Terminal,
): Promise<void> {
  const progress = new ProgressDisplay(terminal);
  const options = trainingOptions(terminal, progress);
  const onRun = ({ name }: { readonly name: string }, index: number, runs: number) =>
    note(terminal, `${index + 1} of ${runs}: ${name}`);
  try {
    if (train) await trainMissing(reproduction, { ...options, onRun });
    if (reproduction.references === undefined) return;
    await countMissingCnpmi(reproduction, reproduction.references, {
      signal: terminal.signal,
      onRun: (name) => note(terminal, `CNPMI of ${name}`),
    });
  } finally {
    progress.stop();
  }
}

/** Settings that count for all runs; the command's own `--epochs` and `--dataset` mean something else. */
function sharedSettings(flags: ReproduceFlags): SettingLayer {
  const { backend, threads, embedder, ...others } = settingsOfFlags(flags);
  const ofModel = Object.entries(others).filter(([name]) => isLlmFlag(name));
  return { backend, threads, embedder, ...Object.fromEntries(ofModel) };
}

function reproductionOf(table: PaperTable, flags: ReproduceFlags, terminal: Terminal): Reproduction {
  const { dataset, seeds, quick, epochs, engine = MAIN_ENGINE, references, llmModel } = flags;
  const { runsFolder = 'runs/reproduce' } = flags;
  return {
    table,
    options: { datasets: dataset, seeds, quick, epochs, engine, languageModel: llmModel !== undefined },
    places: { runsFolder, datasetsFolder: datasetsFolder(flags.datasetsFolder, terminal) },
    shared: sharedSettings(flags),
    references,
  };
}

interface ResultsFlags {
  readonly from?: string;
  readonly out?: string;
  readonly add?: readonly string[];
}

/** Words of people that end the page. */
const CAUSES_FILE = 'causes.md';

function writeResults(flags: ResultsFlags, terminal: Terminal): void {
  const { from = 'docs/results', out = 'docs/results.md', add = [] } = flags;
  for (const run of add) note(terminal, `${run} → ${join(from, keepRun(run, from))}`);
  const file = join(from, CAUSES_FILE);
  const causes = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const page = writeResultsPage(readRunResults(from), { command: 'npx xtm reproduce results', causes });
  writeAtomically(out, page);
  print(terminal, out);
}
