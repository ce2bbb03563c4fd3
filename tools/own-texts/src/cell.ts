import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { XtmError } from '@xtm/contracts';

const XTM = fileURLToPath(new URL('../../../apps/cli/bin/xtm.mjs', import.meta.url));

export interface Cell {
  /** A corpus of someone's own, as `xtm init` wrote it down. */
  readonly project: string;
  readonly model: string;
  readonly seed: number;
}

/** What a project is called in tables and run folders: its file's name. */
export function projectName(project: string): string {
  return basename(project).replace(/\.\w+$/, '');
}

/** Makes the dataset that a project describes. */
export function prepareProject(project: string): void {
  callXtm(['prepare', project, '--replace']);
}

/**
 * Trains phase 1 of a cell's model, unless that is done already, by the command line that people use.
 *
 * @param threads of the training; as many as there are processors where it is not said
 * @returns the run's folder
 */
export function trainCell({ project, model, seed }: Cell, runsFolder: string, threads: number | undefined): string {
  const run = `${projectName(project)}-${model}-${seed}`;
  const limited = threads === undefined ? [] : ['--threads', String(threads)];
  callXtm([
    'run',
    '--config',
    project,
    '--model',
    model,
    '--seed',
    String(seed),
    '--refiner',
    'none',
    '--classifiers',
    'none',
    '--runs-folder',
    runsFolder,
    '--run',
    run,
    '--json',
    ...limited,
  ]);
  return join(runsFolder, run);
}

class CommandFailedError extends XtmError {
  readonly code = 'COMMAND_FAILED';
}

function callXtm(parameters: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [XTM, ...parameters], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0)
    throw new CommandFailedError(`xtm ${parameters[0]} ended with ${status}`, {
      advice: `xtm ${parameters.join(' ')}`,
    });
}
