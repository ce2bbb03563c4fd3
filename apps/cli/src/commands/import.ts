import type { Command } from 'commander';
import { importCheckpoint } from '@xtm/pipeline';
import { formatEvaluation } from '../results/evaluation-table';
import { addFlags, addGroupFlag } from '../settings/setting-flags';
import { resolveFlags } from '../settings/settings-of-flags';
import { ProgressDisplay } from '../terminal/progress-display';
import { note, print, type Terminal } from '../terminal/terminal';

const EXAMPLE = `
Example:
  xtm import nmtm.safetensors --model nmtm --dataset benchmarks/Amazon_Review --run amazon-python`;

export function registerImport(program: Command, terminal: Terminal): void {
  const command = program
    .command('import')
    .description('make a run of a checkpoint that the papers\' Python code trained, saved as safetensors')
    .argument('<checkpoint>', 'the model\'s state_dict as safetensors')
    .option('--json', 'print the run\'s path and metrics as JSON')
    .addHelpText('after', EXAMPLE);
  addFlags(command, {
    model: 'nmtm, infoctm, xtra or gloctm',
    dataset: 'dataset folder that it was trained on',
    languages: 'its languages, in the order of the training: en,zh-Hans:cn',
    dictionary: 'translation pairs, for the figures',
    topWords: undefined,
    backend: undefined,
    classifiers: undefined,
    run: undefined,
    runsFolder: undefined,
  }, ['model', 'dataset']);
  addGroupFlag(command, 'modelOption', 'an option of the model where it was not the default');
  command.action(async (checkpoint: string, flags: Record<string, unknown>) => importAsRun(checkpoint, flags, terminal));
}

async function importAsRun(checkpoint: string, flags: Record<string, unknown>, terminal: Terminal): Promise<void> {
  const progress = new ProgressDisplay(terminal);
  try {
    const resolved = await resolveFlags(flags, terminal);
    const summary = await importCheckpoint(checkpoint, resolved, {
      signal: terminal.signal,
      onProgress: progress.update,
      onWarning: (warning) => note(terminal, `warning: ${warning}`),
    });
    progress.stop();
    if (flags['json'] === true) print(terminal, JSON.stringify(summary, undefined, 2));
    else print(terminal, `${formatEvaluation(summary.evaluation, terminal)}\n\nRun folder: ${summary.path}`);
  } finally {
    progress.stop();
  }
}
