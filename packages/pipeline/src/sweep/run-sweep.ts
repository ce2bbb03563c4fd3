import { AbortedError, InvalidOptionError, XtmError } from '@xtm/contracts';
import type { EarlierRun } from '../settings/earlier-run';
import type { SettingLayer } from '../settings/layers';
import { type ResolvedSettings, resolveSettings } from '../settings/resolve-settings';
import { checkSettings, type SettingsRunOptions, trainWithSettings } from '../settings/train-with-settings';
import { cellName, type GridCell, withCell } from './grid';
import type { SweepRun } from './results';

/** What a run starts from: a seed of its own, or a finished phase 1 with its seed. */
export interface SweepStart {
  readonly seed: number;
  readonly earlier?: EarlierRun;
}

/** A sweep to plan. */
export interface Sweep {
  readonly cells: readonly GridCell[];
  readonly starts: readonly SweepStart[];
  /** Settings that count for all runs. */
  readonly flags: SettingLayer;
  readonly file?: SettingLayer;
  /** Folder of the sweep, in which every run has its own. */
  readonly folder: string;
}

/** One run that a sweep needs. */
export interface PlannedSweepRun {
  readonly cell: GridCell;
  readonly seed: number;
  readonly name: string;
  readonly resolved: ResolvedSettings;
  readonly earlier?: EarlierRun;
}

/** What became of a sweep's runs. */
export interface SweepOutcome {
  readonly runs: readonly SweepRun[];
  readonly failures: readonly { readonly name: string; readonly error: XtmError }[];
}

/**
 * A run for every cell and start, all of them checked.
 *
 * @throws InvalidOptionError that names the cell, for settings that no data could make right
 */
export async function planSweep({ cells, starts, flags, file, folder }: Sweep): Promise<PlannedSweepRun[]> {
  const planned: PlannedSweepRun[] = [];
  for (const cell of cells) {
    for (const { seed, earlier } of starts) {
      const name = cellName(cell, seed);
      const own = { ...withCell(flags, cell), seed, run: name, runsFolder: folder };
      const resolved = await resolveCell(name, { flags: own, file, earlier });
      planned.push({ cell, seed, name, resolved, ...(earlier && { earlier }) });
    }
  }
  return planned;
}

async function resolveCell(
  name: string,
  { earlier, ...layers }: { readonly flags: SettingLayer; readonly file?: SettingLayer; readonly earlier?: EarlierRun },
): Promise<ResolvedSettings> {
  try {
    const resolved = await resolveSettings({ ...layers, earlier: earlier?.settings });
    checkSettings(resolved.settings, earlier);
    return resolved;
  } catch (error) {
    if (!(error instanceof InvalidOptionError)) throw error;
    const { option, value, advice, message } = error;
    const problem = `${message.slice(`${option}: `.length)} (in the run ${name})`;
    throw new InvalidOptionError(option, value, problem, { advice, cause: error });
  }
}

export interface SweepOptions extends SettingsRunOptions {
  /** Told of each run before it begins, and of one that failed. */
  readonly onRun?: (run: PlannedSweepRun, index: number) => void;
  readonly onFailure?: (run: PlannedSweepRun, error: XtmError) => void;
}

/**
 * Carries out what is not finished yet, one run after the other. A run that fails does not stop the others.
 *
 * @throws AbortedError when stopped
 */
export async function runSweep(planned: readonly PlannedSweepRun[], options: SweepOptions): Promise<SweepOutcome> {
  const { onRun, onFailure, ...run } = options;
  const runs: SweepRun[] = [];
  const failures: { name: string; error: XtmError }[] = [];
  for (const [index, one] of planned.entries()) {
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
  return { runs, failures };
}
