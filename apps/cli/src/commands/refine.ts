import { Option, type Command } from 'commander';
import { performRun } from '../results/perform-run';
import { addBackendFlags } from '../settings/backend-flags';
import { addRefinementFlags } from '../settings/run-flags';
import type { Terminal } from '../terminal/terminal';
import { readEarlierRun } from '../wiring/read-earlier-run';

const EXAMPLE = `
Examples:
  xtm refine runs/amazon --run amazon-refined
  xtm refine runs/amazon --refiner openai --llm-preset ollama --llm-model qwen3 --run amazon-llm`;

export function registerRefine(program: Command, terminal: Terminal): void {
  const command = program
    .command('refine')
    .description('add phase 2 to a finished phase 1: refine topics\' words in rounds and train on towards them, in a new run folder')
    .argument('<run>', 'folder of a finished run without phase 2')
    .option('--dataset <folder>', 'where the dataset is now, if it moved')
    .option('--dictionary <file>', 'where the dictionary is now, if it moved')
    .addOption(new Option('--classifiers <which>', 'classifiers to evaluate with (default: the run\'s)').choices(['linear', 'rbf', 'both', 'none']))
    .option('--run <name>', 'name of the new run (default: the run\'s name and "-refined")')
    .option('--runs-folder <folder>', 'where the new run goes (default: beside the run)')
    .option('--json', 'print the run\'s path and metrics as JSON')
    .addHelpText('after', EXAMPLE);
  addRefinementFlags(addBackendFlags(command)).action(async (run: string, flags: Record<string, unknown>) => performRun(flags, terminal, readEarlierRun(run)));
}
