import { AbortedError, XtmError } from '@xtm/contracts';
import { readEvaluation } from '@xtm/pipeline';
import { executePlan } from '../results/perform-run';
import type { SettingLayer } from '../settings/layered-settings';
import { note, type Terminal } from '../terminal/terminal';
import { planRun } from '../wiring/plan-run';
import type { EarlierRun } from '../wiring/read-earlier-run';
import { cellName, flagsOfCell, type GridCell } from './sweep-grid';
import type { SweepRun } from './sweep-results';

/** One run that a sweep needs. */
export interface PlannedSweepRun {
  readonly cell: GridCell;
  readonly seed: number;
  readonly name: string;
  readonly flags: SettingLayer;
  /** A finished phase 1 to go on from, in place of training one. */
  readonly earlier?: EarlierRun;
}

/** What a run starts from: a seed of its own, or a finished phase 1 with its seed. */
export interface SweepStart {
  readonly seed: number;
  readonly earlier?: EarlierRun;
}

/** A run for every cell and start. */
export function planSweep(cells: readonly GridCell[], starts: readonly SweepStart[], flags: SettingLayer, folder: string): PlannedSweepRun[] {
  return cells.flatMap((cell) => starts.map(({ seed, earlier }) => {
    const name = cellName(cell, seed);
    return { cell, seed, name, earlier, flags: { ...flagsOfCell(flags, cell), seed, run: name, runsFolder: folder } };
  }));
}

/** What became of a sweep's runs. */
export interface SweepOutcome {
  readonly runs: readonly SweepRun[];
  readonly failures: readonly { readonly name: string; readonly error: XtmError }[];
}

/**
 * Carries out what is not finished yet, one run after the other. A run that fails does not stop the others.
 *
 * @throws AbortedError when stopped
 */
export async function runSweep(planned: readonly PlannedSweepRun[], terminal: Terminal): Promise<SweepOutcome> {
  const runs: SweepRun[] = [];
  const failures: { name: string; error: XtmError }[] = [];
  for (const [index, { cell, seed, name, flags, earlier }] of planned.entries()) {
    note(terminal, `${index + 1} of ${planned.length}: ${name}`);
    try {
      const { path } = await executePlan(await planRun(flags, terminal.environment, earlier), terminal);
      runs.push({ cell, seed, path, evaluation: readEvaluation(path) });
    } catch (error) {
      if (!(error instanceof XtmError) || error instanceof AbortedError) throw error;
      note(terminal, `failed: ${error.message}`);
      failures.push({ name, error });
    }
  }
  return { runs, failures };
}
