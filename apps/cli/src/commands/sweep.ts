import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { InvalidOptionError } from '@xtm/contracts';
import { isFinishedRun, writeAtomically } from '@xtm/pipeline';
import { addFormatFlags, outputFormat, type FormatFlags } from '../results/output-format';
import { csvText, printResult } from '../results/print-result';
import { collectText, parseNumber } from '../settings/parse-value';
import { addRefinementFlags } from '../settings/run-flags';
import { addTrainingFlags } from '../settings/training-flags';
import { planSweep, runSweep, type PlannedSweepRun, type SweepStart } from '../sweep/run-sweep';
import { gridCells, parseVaried } from '../sweep/sweep-grid';
import { mainFigures, sortSweep, summariseSweep, type SweepResults } from '../sweep/sweep-results';
import { printableSweep } from '../sweep/sweep-table';
import { note, print, type Terminal } from '../terminal/terminal';
import { layerRunSettings } from '../wiring/layer-run-settings';
import { readEarlierRun } from '../wiring/read-earlier-run';

interface SweepFlags extends FormatFlags {
  readonly vary: readonly string[];
  readonly seeds?: string;
  readonly from?: readonly string[];
  readonly sweep: string;
  readonly figures?: string;
  readonly sort?: string;
  readonly runsFolder?: string;
  readonly dryRun?: boolean;
  readonly [flag: string]: unknown;
}

const EXAMPLE = `
Settings go by their names in config.json. The same command goes on where it stopped; results are in the sweep's folder
as sweep.json, sweep.csv and sweep.html.

Examples:
  xtm sweep --dataset data/reviews --vary numTopics=20,50,100 --seeds 1,2,3 --sweep topics
  xtm sweep --from runs/amazon --vary refinement.rounds=1,3,5 --vary refinement.refineEvery=5,10 --sweep figure3`;

export function registerSweep(program: Command, terminal: Terminal): void {
  const command = program
    .command('sweep')
    .description('runs over a grid of settings and seeds: a table of means and deviations, and a page of plots')
    .requiredOption('--vary <name=values>', 'a setting and its values: numTopics=20,50; may be given several times', collectText)
    .option('--seeds <list>', 'seeds of every combination: 1,2,3 (default: the seed of the settings)')
    .option('--from <run>', 'go on from a finished phase 1, so that only phase 2 is run; may be given several times, a seed each', collectText)
    .option('--sweep <name>', 'name of the sweep: its folder is in the runs folder', 'sweep')
    .option('--figures <list>', 'figures to show, by the start of their names: npmi,topicUniqueness (default: the main ones)')
    .option('--sort <figure>', 'put the rows in the order of a figure, the best first: documentCompletion, topicShares/effective (default: the order of the grid)')
    .option('--runs-folder <folder>', 'where run folders are (default runs)');
  addFormatFlags(addRefinementFlags(addTrainingFlags(command)))
    .addHelpText('after', EXAMPLE)
    .action(async (flags: SweepFlags) => sweep(flags, terminal));
}

async function sweep({ vary, seeds, from = [], sweep: name, figures, sort, json, csv, latex, dryRun, ...flags }: SweepFlags, terminal: Terminal): Promise<void> {
  const varied = parseVaried(vary);
  const cells = gridCells(varied);
  const earlier = from.map(readEarlierRun);
  const { values } = await layerRunSettings(flags, earlier[0]?.settings);
  const folder = resolve(flags.runsFolder ?? String(values['runsFolder']), name);
  const starts: SweepStart[] = earlier.length > 0 ? earlier.map((run) => ({ seed: Number(run.settings['seed']), earlier: run })) : parseSeeds(seeds, values['seed']);
  if (earlier.length > 0 && seeds !== undefined) throw new InvalidOptionError('seeds', seeds, 'runs of --from have their own seeds');
  const planned = planSweep(cells, starts, flags, folder);
  if (dryRun) return print(terminal, formatPlan(planned, folder));
  const { runs, failures } = await runSweep(planned, terminal);
  if (runs.length === 0) throw failures[0]!.error;
  const summary = summariseSweep(name, varied, starts.map(({ seed }) => seed), cells, runs);
  const results = sort === undefined ? summary : sortSweep(summary, knownFigure(summary, sort));
  const chosen = chosenFigures(results, figures);
  const shown = sort === undefined ? chosen : [sort, ...chosen.filter((figure) => figure !== sort)];
  await writeFiles(folder, results, shown);
  printResult(printableSweep(results, shown), outputFormat({ json, csv, latex }), terminal);
  note(terminal, `Plots: ${join(folder, 'sweep.html')}`);
  if (failures.length > 0) throw failures[0]!.error;
}

function parseSeeds(list: string | undefined, seed: unknown): SweepStart[] {
  if (list === undefined) return [{ seed: typeof seed === 'number' ? seed : 0 }];
  const seeds = list.split(',').map((text) => parseNumber('seeds')(text));
  if (new Set(seeds).size < seeds.length || !seeds.every(Number.isInteger)) throw new InvalidOptionError('seeds', list, 'give whole numbers, each once');
  return seeds.map((value) => ({ seed: value }));
}

function chosenFigures(results: SweepResults, list: string | undefined): string[] {
  if (list === undefined) return mainFigures(results);
  const starts = list.split(',').map((text) => text.trim());
  const chosen = results.figureNames.filter((name) => starts.some((start) => name.startsWith(start)));
  if (chosen.length === 0) throw new InvalidOptionError('figures', list, `no figure begins like this; there are ${results.figureNames.join(', ')}`);
  return chosen;
}

function knownFigure({ figureNames }: SweepResults, name: string): string {
  if (!figureNames.includes(name)) throw new InvalidOptionError('sort', name, `there is no figure ${name}; there are ${figureNames.join(', ')}`);
  return name;
}

function formatPlan(planned: readonly PlannedSweepRun[], folder: string): string {
  return planned.map(({ name }) => `${isFinishedRun(join(folder, name)) ? 'finished' : 'missing '}  ${join(folder, name)}`).join('\n');
}

/** The charts' library is large: only sweeps load it. */
async function writeFiles(folder: string, results: SweepResults, shown: readonly string[]): Promise<void> {
  const { sweepPage } = await import('../sweep/sweep-page');
  writeAtomically(join(folder, 'sweep.json'), `${JSON.stringify(results, undefined, 2)}\n`);
  writeAtomically(join(folder, 'sweep.csv'), `${csvText(printableSweep(results, shown))}\n`);
  writeAtomically(join(folder, 'sweep.html'), sweepPage(results, shown));
}
