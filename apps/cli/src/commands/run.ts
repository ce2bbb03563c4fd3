import type { Command } from 'commander';
import { performRun } from '../results/perform-run';
import { addSettingFlags } from '../settings/setting-flags';
import type { Terminal } from '../terminal/terminal';

const EXAMPLE = `
Example:
  xtm run --dataset datasets/Amazon_Review --languages en,zh-Hans:cn --dictionary ch_en_dict.dat --model nmtm --epochs 40 --run amazon`;

export function registerRun(program: Command, terminal: Terminal): void {
  const command = program
    .command('run')
    .description('train a model on a dataset folder and write topics, documents\' topics and metrics into a run folder')
    .option('--config <file>', 'settings in YAML or JSON, named like these flags in camelCase; flags win')
    .option('--dry-run', 'say how many calls and tokens phase 2 would take, and do nothing')
    .option('--json', 'print the run\'s path and metrics as JSON')
    .addHelpText('after', EXAMPLE);
  addSettingFlags(command, ['data', 'model', 'training', 'run', 'embedder', 'phase 2', 'language model'])
    .action(async (flags: Record<string, unknown>) => performRun(flags, terminal));
}
