import type { Command } from 'commander';
import { readEarlierRun } from '@xtm/pipeline';
import { performRun } from '../results/perform-run';
import { addFlags, addSettingFlags } from '../settings/setting-flags';
import type { Terminal } from '../terminal/terminal';

const EXAMPLE = `
Examples:
  xtm refine runs/amazon --run amazon-refined
  xtm refine runs/amazon --refiner openai --llm-preset ollama --llm-model qwen3 --run amazon-llm`;

export function registerRefine(program: Command, terminal: Terminal): void {
  const command = program
    .command('refine')
    .description('add phase 2 to a finished phase 1: refine topics\' words in rounds and continue training toward them, in a new run folder')
    .argument('<run>', 'folder of a finished run without phase 2')
    .option('--dry-run', 'say how many calls and tokens phase 2 would take, and do nothing')
    .option('--json', 'print the run\'s path and metrics as JSON')
    .addHelpText('after', EXAMPLE);
  addFlags(command, {
    dataset: 'where the dataset is now, if it moved',
    dictionary: 'where the dictionary is now, if it moved',
    run: 'name of the new run (default: the run\'s name and "-refined")',
    runsFolder: 'where the new run goes (default: beside the run)',
    classifiers: 'classifiers to evaluate with (default: the run\'s)',
    backend: undefined,
    threads: undefined,
    refiner: 'what refines topics\' words (default: corpus)',
  });
  addSettingFlags(command, ['embedder', 'phase 2', 'language model'], ['refiner'])
    .action(async (run: string, flags: Record<string, unknown>) => performRun(flags, terminal, readEarlierRun(run)));
}
