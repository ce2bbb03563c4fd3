import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { MissingFileError, XtmError } from '@xtm/contracts';

const XTM = fileURLToPath(new URL('../../../apps/cli/bin/xtm.mjs', import.meta.url));

/** A corpus of someone's own, as `xtm init` wrote it down. */
export interface Project {
  readonly file: string;
  readonly name: string;
  /** Where its dataset is, or will be. */
  readonly dataset: string;
}

export interface Cell {
  readonly project: Project;
  readonly model: string;
  readonly seed: number;
}

export function readProject(file: string): Project {
  if (!existsSync(file)) throw new MissingFileError(file, 'the project');
  const { dataset, run } = parse(readFileSync(file, 'utf8')) as { dataset: string; run: string };
  return { file, name: run, dataset: resolve(dirname(file), dataset) };
}

/**
 * Prepares the cell's dataset and trains its model, phase 1 alone, unless that is done already, all by the command line
 * that people use. Returns the run's folder.
 */
export function trainCell({ project, model, seed }: Cell, runsFolder: string, threads: number | undefined): string {
  if (!existsSync(project.dataset)) callXtm(['prepare', project.file]);
  const run = `${project.name}-${model}-${seed}`;
  const limited = threads === undefined ? [] : ['--threads', String(threads)];
  callXtm(['run', '--config', project.file, '--model', model, '--seed', String(seed), '--refiner', 'none', '--classifiers', 'none', '--runs-folder', runsFolder, '--run', run, '--json', ...limited]);
  return join(runsFolder, run);
}

class CommandFailedError extends XtmError {
  readonly code = 'COMMAND_FAILED';
}

function callXtm(parameters: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [XTM, ...parameters], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new CommandFailedError(`xtm ${parameters[0]} ended with ${status}`, { advice: `xtm ${parameters.join(' ')}` });
}
