import type { Command } from 'commander';
import { performRun } from '../results/perform-run';
import { addRefinementFlags } from '../settings/run-flags';
import { addTrainingFlags } from '../settings/training-flags';
import type { Terminal } from '../terminal/terminal';

const EXAMPLE = `
Example:
  xtm run --dataset datasets/Amazon_Review --languages en,zh-Hans:cn --dictionary ch_en_dict.dat --model nmtm --epochs 40 --run amazon`;

export function registerRun(program: Command, terminal: Terminal): void {
  const command = addTrainingFlags(program
    .command('run')
    .description('train a model on a dataset folder and write topics, documents\' topics and metrics into a run folder'))
    .option('--run <name>', 'name of the run (default: dataset and model)')
    .option('--runs-folder <folder>', 'where run folders are (default runs)')
    .option('--json', 'print the run\'s path and metrics as JSON')
    .addHelpText('after', EXAMPLE);
  addRefinementFlags(command).action(async (flags: Record<string, unknown>) => performRun(flags, terminal));
}
