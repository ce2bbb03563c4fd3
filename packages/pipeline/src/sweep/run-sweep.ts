import { join, resolve } from 'node:path';
import { AbortedError, InvalidOptionError, parseOptions, XtmError } from '@xtm/contracts';
import { findEmbedder } from '@xtm/embedder';
import type { EarlierRun } from '../settings/earlier-run';
import type { SettingLayer } from '../settings/layers';
import { type ResolvedSettings, resolveSettings, type RunSettings } from '../settings/resolve-settings';
import { readLayer } from '../settings/settings-file';
import { checkSettings, type SettingsRunOptions, trainWithSettings } from '../settings/train-with-settings';
import { cellName, checkVaried, type GridCell, gridCells, type VariedSetting, withCell } from './grid';
import { summariseSweep, type SweepResults, type SweepRun } from './results';

/** What a run starts from: a seed of its own, or a finished phase 1 with its seed. */
interface SweepStart {
  readonly seed: number;
  readonly earlier?: EarlierRun;
}

/** A sweep to plan. */
export interface Sweep {
  /** Its folder is in the runs folder that the settings name. */
  readonly name: string;
  readonly varied: readonly VariedSetting[];
  /** Whole numbers; that of the settings by default. */
  readonly seeds?: readonly number[];
  /** Finished runs of phase 1 to go on from, each with its own seed. */
  readonly earlier?: readonly EarlierRun[];
  /** Settings that count for all runs. */
  readonly flags: SettingLayer;
  /** A settings file by its path, or what one says. */
  readonly file?: string | SettingLayer;
}

/** One run that a sweep needs. */
export interface PlannedSweepRun {
  readonly cell: GridCell;
  readonly seed: number;
  readonly name: string;
  /** Its run folder. */
  readonly path: string;
  readonly resolved: ResolvedSettings;
  readonly earlier?: EarlierRun;
}

/** A sweep with all that it comes to. */
export interface SweepPlan extends Pick<SweepResults, 'name' | 'varied' | 'seeds'> {
  /** Folder of the sweep, in which every run has its own. */
  readonly folder: string;
  readonly runs: readonly PlannedSweepRun[];
  /** What to tell the user: settings that the file has under former names. */
  readonly notices: readonly string[];
}

/** What became of a sweep. */
export interface SweepOutcome {
  readonly results: SweepResults;
  readonly failures: readonly { readonly name: string; readonly error: XtmError }[];
}

/**
 * A run for every combination and start, all of them checked.
 *
 * @throws InvalidOptionError that names the run, for settings that no data could make right; for settings that cannot
 *   be varied, seeds that are none, and seeds beside runs that have their own
 */
export async function planSweep({ name, varied: asked, seeds, earlier = [], flags, file }: Sweep): Promise<SweepPlan> {
  const varied = checkVaried(asked);
  const { settings: ofFile, notices } = readLayer(file);
  const { settings } = await resolveSettings({ flags, file: ofFile, earlier: earlier[0]?.settings });
  const starts = startsOf(seeds, earlier, settings.seed);
  const folder = resolve(settings.runsFolder, name);
  const runs: PlannedSweepRun[] = [];
  for (const cell of gridCells(varied)) {
    for (const { seed, earlier: start } of starts) {
      const run = cellName(cell, seed);
      const own = { ...withCell(flags, cell), seed, run, runsFolder: folder };
      const resolved = await resolveCell(run, { flags: own, file: ofFile, earlier: start });
      runs.push({ cell, seed, name: run, path: join(folder, run), resolved, ...(start && { earlier: start }) });
    }
  }
  return { name, folder, varied, seeds: starts.map(({ seed }) => seed), runs, notices };
}

function startsOf(seeds: readonly number[] | undefined, earlier: readonly EarlierRun[], seed = 0): SweepStart[] {
  if (earlier.length > 0) {
    if (seeds === undefined) return earlier.map((run) => ({ seed: Number(run.settings['seed']), earlier: run }));
    throw new InvalidOptionError('seeds', seeds, 'runs to go on from have their own seeds');
  }
  if (seeds === undefined) return [{ seed }];
  if (new Set(seeds).size < seeds.length || !seeds.every(Number.isInteger))
    throw new InvalidOptionError('seeds', seeds, 'give whole numbers, each once');
  return seeds.map((value) => ({ seed: value }));
}

async function resolveCell(
  name: string,
  { earlier, ...layers }: { readonly flags: SettingLayer; readonly file?: SettingLayer; readonly earlier?: EarlierRun },
): Promise<ResolvedSettings> {
  try {
    const resolved = await resolveSettings({ ...layers, earlier: earlier?.settings });
    const needsEmbedder = checkSettings(resolved.settings, earlier);
    if (needsEmbedder) checkEmbedderOptions(resolved.settings);
    return resolved;
  } catch (error) {
    if (!(error instanceof InvalidOptionError)) throw error;
    const { option, value, advice, message } = error;
    const problem = `${message.slice(`${option}: `.length)} (in the run ${name})`;
    throw new InvalidOptionError(option, value, problem, { advice, cause: error });
  }
}

/** By the embedder's own schema, which is asked again when it is opened. */
function checkEmbedderOptions({ embedder, embedderOptions }: RunSettings): void {
  if (embedder !== 'none') parseOptions(findEmbedder(embedder).optionsSchema, embedderOptions);
}

export interface SweepOptions extends SettingsRunOptions {
  /** Told of each run before it begins, and of one that failed. */
  readonly onRun?: (run: PlannedSweepRun, index: number) => void;
  readonly onFailure?: (run: PlannedSweepRun, error: XtmError) => void;
}

/**
 * Carries out what is not finished yet, one run after the other, and summarises all that succeeded. A run that fails
 * does not stop the others.
 *
 * @throws AbortedError when stopped; the first failure where no run succeeded
 */
export async function runSweep(plan: SweepPlan, options: SweepOptions): Promise<SweepOutcome> {
  const { onRun, onFailure, ...run } = options;
  const runs: SweepRun[] = [];
  const failures: { name: string; error: XtmError }[] = [];
  for (const [index, one] of plan.runs.entries()) {
    const { cell, seed, name, resolved, earlier } = one;
    onRun?.(one, index);
    try {
      const trained = await trainWithSettings(resolved, { ...run, earlier });
      trained.dispose();
      runs.push({ cell, seed, path: trained.folder!, evaluation: trained.evaluation });
    } catch (error) {
      if (!(error instanceof XtmError) || error instanceof AbortedError) throw error;
      onFailure?.(one, error);
      failures.push({ name, error });
    }
  }
  const [failure] = failures;
  if (runs.length === 0 && failure !== undefined) throw failure.error;
  return { results: summariseSweep(plan, runs), failures };
}
