import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { InvalidOptionError } from '@xtm/contracts';
import {
  checkVaried,
  type EarlierRun,
  gridCells,
  isFinishedRun,
  mainFigures,
  type PlannedSweepRun,
  planSweep,
  readEarlierRun,
  runSweep,
  type SettingLayer,
  sortSweep,
  summariseSweep,
  type SweepOutcome,
  type SweepResults,
  type SweepStart,
  type VariedSetting,
  writeAtomically,
} from '@xtm/pipeline';
import { csvText, printableSweep, sweepPage } from '@xtm/report';
import { collectText, parseNumber, parseScalar, splitAssignment } from '../settings/parse-value';
import { addSettingFlags } from '../settings/setting-flags';
import { resolveFlags, settingsOfConfig, settingsOfFlags } from '../settings/settings-of-flags';
import { addFormatFlags, type FormatFlags, outputFormat, printResult } from '../terminal/print-result';
import { withProgress } from '../terminal/progress-display';
import { note, print, type Terminal } from '../terminal/terminal';
import { trainingOptions } from '../terminal/training-options';

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
Settings go by their names in files, options by theirs: models.nmtm.dropout. All combinations are checked before the
first is trained. The same command goes on where it stopped; results are in the sweep's folder as sweep.json, sweep.csv
and sweep.html.

Examples:
  xtm sweep --dataset data/reviews --vary numTopics=20,50,100 --seeds 1,2,3 --sweep topics
  xtm sweep --dataset data/reviews --vary model=nmtm,xtra --vary models.nmtm.dictionaryShare=0.6,0.8 --sweep models
  xtm sweep --from runs/amazon --vary rounds=1,3,5 --vary refineEvery=5,10 --sweep figure3`;

export function registerSweep(program: Command, terminal: Terminal): void {
  const command = program
    .command('sweep')
    .description('runs over a grid of settings and seeds: a table of means and deviations, and a page of plots')
    .requiredOption(
      '--vary <name=values>',
      'a setting and its values: numTopics=20,50; may be given several times',
      collectText,
    )
    .option('--seeds <list>', 'seeds of every combination: 1,2,3 (default: the seed of the settings)')
    .option(
      '--from <run>',
      'go on from a finished phase 1, so that only phase 2 is run; may be given several times, once per seed',
      collectText,
    )
    .option('--sweep <name>', 'name of the sweep: its folder is in the runs folder', 'sweep')
    .option(
      '--figures <list>',
      'figures to show, by the start of their names: npmi,topicUniqueness (default: the main ones)',
    )
    .option(
      '--sort <figure>',
      'put the rows in the order of a figure, the best first: documentCompletion, topicShares/effective (default: ' +
        'the order of the grid)',
    )
    .option('--config <file>', 'settings in YAML or JSON, named like these flags in camelCase; flags win')
    .option('--dry-run', 'list the runs and whether they are finished, and do nothing');
  addSettingFlags(command, ['data', 'model', 'training', 'run', 'embedder', 'phase 2', 'language model'], ['run']);
  addFormatFlags(command).addHelpText('after', EXAMPLE).action(async (flags: SweepFlags) => sweep(flags, terminal));
}

async function sweep(flags: SweepFlags, terminal: Terminal): Promise<void> {
  const varied = checkVaried(flags.vary.map(parseVaried));
  const earlier = (flags.from ?? []).map(readEarlierRun);
  const { folder, starts } = await placeOf(flags, earlier, terminal);
  const own: SettingLayer = settingsOfFlags(flags);
  const planned = await planSweep({
    cells: gridCells(varied),
    starts,
    flags: own,
    file: settingsOfConfig(flags).settings,
    folder,
  });
  if (flags.dryRun) return print(terminal, formatPlan(planned, folder));
  const outcome = await carryOutAll(planned, terminal);
  const { runs, failures } = outcome;
  if (runs.length === 0) throw failures[0]!.error;
  const summary = summariseSweep({ name: flags.sweep, varied, seeds: starts.map(({ seed }) => seed) }, runs);
  await show(summary, flags, folder, terminal);
  if (failures.length > 0) throw failures[0]!.error;
}

function parseVaried(text: string): VariedSetting {
  const [name, list] = splitAssignment('vary', text);
  if (name === 'seed')
    throw new InvalidOptionError('vary', name, 'the seed cannot be varied', { advice: 'Name seeds with --seeds.' });
  return { name, values: list.trim() === '' ? [] : list.split(',').map((value) => parseScalar(value.trim())) };
}

/** Where the sweep is kept, and what its runs start from. */
async function placeOf(
  flags: SweepFlags,
  earlier: readonly EarlierRun[],
  terminal: Terminal,
): Promise<{ readonly folder: string; readonly starts: readonly SweepStart[] }> {
  const { settings } = await resolveFlags(flags, terminal, earlier[0]);
  const folder = resolve(settings.runsFolder, flags.sweep);
  if (earlier.length === 0) return { folder, starts: parseSeeds(flags.seeds, settings.seed) };
  if (flags.seeds !== undefined)
    throw new InvalidOptionError('seeds', flags.seeds, 'runs of --from have their own seeds');
  return { folder, starts: earlier.map((run) => ({ seed: Number(run.settings['seed']), earlier: run })) };
}

function parseSeeds(list: string | undefined, seed = 0): SweepStart[] {
  if (list === undefined) return [{ seed }];
  const seeds = list.split(',').map(parseNumber('seeds'));
  if (new Set(seeds).size < seeds.length || !seeds.every(Number.isInteger))
    throw new InvalidOptionError('seeds', list, 'give whole numbers, each once');
  return seeds.map((value) => ({ seed: value }));
}

async function carryOutAll(planned: readonly PlannedSweepRun[], terminal: Terminal): Promise<SweepOutcome> {
  return withProgress(terminal, (_options, progress) =>
    runSweep(planned, {
      ...trainingOptions(terminal, progress),
      onRun: ({ name }, index) => note(terminal, `${index + 1} of ${planned.length}: ${name}`),
      onFailure: (_run, { message }) => note(terminal, `failed: ${message}`),
    }),
  );
}

async function show(summary: SweepResults, flags: SweepFlags, folder: string, terminal: Terminal): Promise<void> {
  const { sort } = flags;
  const results = sort === undefined ? summary : sortSweep(summary, knownFigure(summary, sort));
  const chosen = chosenFigures(results, flags.figures);
  const shown = sort === undefined ? chosen : [sort, ...chosen.filter((figure) => figure !== sort)];
  const printable = printableSweep(results, shown);
  writeAtomically(join(folder, 'sweep.json'), `${JSON.stringify(results, undefined, 2)}\n`);
  writeAtomically(join(folder, 'sweep.csv'), `${csvText(printable)}\n`);
  writeAtomically(join(folder, 'sweep.html'), await sweepPage(results, shown));
  printResult(printable, outputFormat(flags), terminal);
  note(terminal, `Plots: ${join(folder, 'sweep.html')}`);
}

function chosenFigures(results: SweepResults, list: string | undefined): string[] {
  if (list === undefined) return mainFigures(results);
  const starts = list.split(',').map((text) => text.trim());
  const chosen = results.figureNames.filter((name) => starts.some((start) => name.startsWith(start)));
  if (chosen.length === 0)
    throw new InvalidOptionError(
      'figures',
      list,
      `no figure begins like this; there are ${results.figureNames.join(', ')}`,
    );
  return chosen;
}

function knownFigure({ figureNames }: SweepResults, name: string): string {
  if (!figureNames.includes(name))
    throw new InvalidOptionError('sort', name, `there is no figure ${name}; there are ${figureNames.join(', ')}`);
  return name;
}

function formatPlan(planned: readonly PlannedSweepRun[], folder: string): string {
  return planned
    .map(({ name }) => `${isFinishedRun(join(folder, name)) ? 'finished' : 'missing '}  ${join(folder, name)}`)
    .join('\n');
}
