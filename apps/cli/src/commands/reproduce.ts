import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { publicDatasets } from '@xtm/data';
import { writeAtomically } from '@xtm/pipeline';
import {
  countMissingCnpmi,
  fillReproduction,
  keepRun,
  MAIN_ENGINE,
  type PaperTable,
  paperTables,
  readRunResults,
  type Reproduction,
  runStates,
  trainMissing,
  writeMarkdown,
  writeResultsPage,
} from '@xtm/reproduce';
import { trainingOptions } from '../terminal/training-options';
import { formatRunStates, writeReproduction } from '../results/reproduction-files';
import { collectPair, collectText, parseNumber } from '../settings/parse-value';
import { addFlags, addSettingFlags } from '../settings/setting-flags';
import { settingsOfFlags } from '../settings/settings-of-flags';
import { ProgressDisplay } from '../terminal/progress-display';
import { note, print, type Terminal } from '../terminal/terminal';
import { datasetsFolder } from './datasets';

interface ReproduceFlags {
  readonly dataset?: readonly string[];
  readonly seeds?: number;
  readonly quick?: boolean;
  readonly epochs?: Readonly<Record<string, number>>;
  readonly engine: string;
  readonly runsFolder: string;
  readonly datasetsFolder?: string;
  readonly references?: string;
  readonly backend?: string;
  readonly threads?: number;
  readonly embedder?: string;
  readonly train: boolean;
  readonly dryRun?: boolean;
  readonly out: string;
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
  const reproduce = program
    .command('reproduce')
    .description("the papers' tables: runs what their cells need, and fills them beside the published numbers")
    .addHelpText('after', EXAMPLE);
  for (const table of paperTables) addTable(reproduce, table, terminal);
  reproduce
    .command('results')
    .description('write the page of results from runs that are kept; --add keeps more of them')
    .option('--from <folder>', 'folder of kept runs', 'docs/results')
    .option('--out <file>', 'the page', 'docs/results.md')
    .option('--add <run>', 'keep a finished run\'s figures and settings; may be given several times', collectText)
    .action((flags: ResultsFlags) => writeResults(flags, terminal));
}

function addTable(parent: Command, table: PaperTable, terminal: Terminal): void {
  const command = parent
    .command(table.name)
    .description(table.title)
    .addOption(
      new Option('--dataset <name...>', 'only these benchmarks').choices(publicDatasets.map(({ name }) => name)),
    )
    .option('--seeds <number>', 'runs of each model (default 5; 1 with --quick)', parseNumber('seeds'))
    .option('--quick', 'a few epochs only, to see that all works; the table says so')
    .option(
      '--epochs <model=number>',
      'epochs of phase 1 where they are not to be the published ones; may be given several times',
      collectPair('epochs'),
    )
    .option('--runs-folder <folder>', 'where run folders are', 'runs/reproduce')
    .option('--datasets-folder <folder>', 'where benchmarks are (default: where "xtm datasets fetch" puts them)')
    .option('--references <folder>', 'folder of the public CNPMI tool with its reference corpus')
    .option('--embedder <name>', 'embeddings for models and phase 2 (default aligned; the papers have bge-m3)')
    .option('--engine <name>', 'which language model of table9 --llm-model is', MAIN_ENGINE)
    .option('--no-train', 'fill the table from the runs that are there')
    .option('--dry-run', 'list the runs that are needed and what they would take, and do nothing')
    .option('--out <folder>', 'where the table goes as Markdown, LaTeX and JSON', 'reproduced')
    .option('--json', 'print JSON in place of Markdown');
  addSettingFlags(addFlags(command, { backend: undefined, threads: undefined }), ['language model'])
    .addHelpText('after', EXAMPLE)
    .action(async (flags: ReproduceFlags) => reproduceTable(table, flags, terminal));
}

async function reproduceTable(table: PaperTable, flags: ReproduceFlags, terminal: Terminal): Promise<void> {
  const reproduction = reproductionOf(table, flags, terminal);
  if (flags.dryRun) {
    const states = runStates(reproduction);
    print(
      terminal,
      flags.json
        ? JSON.stringify(
            states.map(({ run: { dataset, method, ...run }, finished }) => ({
              ...run,
              dataset: dataset.name,
              method: method.label,
              finished,
            })),
            undefined,
            2,
          )
        : formatRunStates(states, terminal),
    );
    return;
  }
  await trainAndCount(reproduction, flags, terminal);
  const filled = fillReproduction(reproduction);
  print(terminal, flags.json ? JSON.stringify(filled, undefined, 2) : writeMarkdown(filled).trimEnd());
  for (const file of writeReproduction(filled, flags.out)) note(terminal, file);
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

function reproductionOf(table: PaperTable, flags: ReproduceFlags, terminal: Terminal): Reproduction {
  const { dataset, seeds, quick, epochs, engine, references, llmModel } = flags;
  const { runsFolder: _place, dataset: _benchmarks, ...shared } = settingsOfFlags(flags);
  return {
    table,
    options: { datasets: dataset, seeds, quick, epochs, engine, languageModel: llmModel !== undefined },
    places: { runsFolder: flags.runsFolder, datasetsFolder: datasetsFolder(flags.datasetsFolder, terminal) },
    shared,
    references,
  };
}

interface ResultsFlags {
  readonly from: string;
  readonly out: string;
  readonly add?: readonly string[];
}

/** Words of people that end the page. */
const CAUSES_FILE = 'causes.md';

function writeResults({ from, out, add = [] }: ResultsFlags, terminal: Terminal): void {
  for (const run of add) note(terminal, `${run} → ${join(from, keepRun(run, from))}`);
  const causes = join(from, CAUSES_FILE);
  writeAtomically(
    out,
    writeResultsPage(readRunResults(from), {
      command: 'npx xtm reproduce results',
      causes: existsSync(causes) ? readFileSync(causes, 'utf8') : undefined,
    }),
  );
  print(terminal, out);
}
