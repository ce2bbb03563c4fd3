import { join } from 'node:path';
import type { Command } from 'commander';
import { publicDatasets } from '@xtm/data';
import {
  formatRunStates,
  keepRun,
  MAIN_ENGINE,
  type PaperTable,
  paperTables,
  reproduceTable,
  type RunState,
  runStates,
  updateResultsPage,
  writeMarkdown,
  writeReproduction,
} from '@xtm/reproduce';
import { addCommand } from '../settings/add-command';
import { collectPair, collectText } from '../settings/parse-value';
import { withProgress } from '../terminal/progress-display';
import { note, print, printJson, textStyle, type Terminal } from '../terminal/terminal';
import { trainingOptions } from '../terminal/training-options';
import { datasetsFolder } from './datasets';

const EXAMPLE = `
Examples:
  xtm reproduce table5 --dataset amazon-review --seeds 1 --dry-run
  xtm reproduce table2 --references CNPMI --llm-preset gemini --llm-model gemini-2.5-flash --embedder bge-m3
  xtm reproduce overview --no-train --runs-folder docs/results`;

export function registerReproduce(program: Command, terminal: Terminal): void {
  const { command: reproduce } = addCommand(program, 'reproduce', {
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
  }).action(({ from = 'docs/results', out = 'docs/results.md', add = [] }) => {
    for (const run of add) note(terminal, `${run} → ${join(from, keepRun(run, from))}`);
    updateResultsPage(from, out, 'npx xtm reproduce results');
    print(terminal, out);
  });
}

function addTable(parent: Command, table: PaperTable, terminal: Terminal): void {
  addCommand(parent, table.name, {
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
    settings: { names: { backend: undefined, threads: undefined }, sections: ['language model'] },
    more: EXAMPLE,
  }).action(async (flags) => {
    const { dataset: datasets, seeds, quick, epochs, engine = MAIN_ENGINE, references, train, dryRun, ...more } = flags;
    const { runsFolder = 'runs/reproduce', datasetsFolder: benchmarks, out = 'reproduced', json, ...shared } = more;
    const languageModel = shared['llmModel'] !== undefined;
    const reproduction = {
      table,
      options: { datasets, seeds, quick, epochs: epochs as Readonly<Record<string, number>>, engine, languageModel },
      places: { runsFolder, datasetsFolder: datasetsFolder(benchmarks, terminal) },
      shared,
      references,
    };
    if (dryRun) {
      const states = runStates(reproduction);
      if (json) printJson(terminal, states.map(stateAsJson));
      else print(terminal, formatRunStates(states, textStyle(terminal)));
      return;
    }
    const filled = await withProgress(terminal, (run) =>
      reproduceTable(reproduction, {
        ...trainingOptions(terminal, run),
        train,
        onRun: ({ name }, index, runs) => note(terminal, `${index + 1} of ${runs}: ${name}`),
        onCount: (name) => note(terminal, `CNPMI of ${name}`),
      }),
    );
    if (json) printJson(terminal, filled);
    else print(terminal, writeMarkdown(filled).trimEnd());
    for (const file of writeReproduction(filled, out)) note(terminal, file);
  });
}

function stateAsJson({ run, finished }: RunState): object {
  return { ...run, dataset: run.dataset.name, method: run.method.label, finished };
}
