import { Option, type Command } from 'commander';
import { formatEvaluation } from '../results/evaluation-table';
import { executePlan } from '../results/perform-run';
import { collectPair, parseNumber } from '../settings/parse-value';
import { print, type Terminal } from '../terminal/terminal';
import { planImport } from '../wiring/plan-import';

const EXAMPLE = `
Example:
  xtm import nmtm.safetensors --model nmtm --dataset benchmarks/Amazon_Review --run amazon-python`;

export function registerImport(program: Command, terminal: Terminal): void {
  program
    .command('import')
    .description('make a run of a checkpoint that the papers\' Python code trained, saved as safetensors')
    .argument('<checkpoint>', 'the model\'s state_dict as safetensors')
    .requiredOption('--model <name>', 'nmtm, infoctm, xtra or gloctm')
    .requiredOption('--dataset <folder>', 'dataset folder that it was trained on')
    .option('--languages <list>', 'its languages, in the order of the training: en,zh-Hans:cn')
    .option('--dictionary <file>', 'translation pairs, for the figures')
    .option('--model-option <name=value>', 'an option of the model where it was not the default; may be given several times', collectPair('modelOption'))
    .option('--top-words <number>', 'words a topic and language in lists and metrics (default 15)', parseNumber('topWords'))
    .addOption(new Option('--backend <name>', 'what computes (default auto)').choices(['auto', 'tensorflow', 'wasm', 'cpu']))
    .addOption(new Option('--classifiers <which>', 'classifiers to evaluate with (default both)').choices(['linear', 'rbf', 'both', 'none']))
    .option('--run <name>', 'name of the run (default: dataset and model)')
    .option('--runs-folder <folder>', 'where run folders are (default runs)')
    .option('--json', 'print the run\'s path and metrics as JSON')
    .addHelpText('after', EXAMPLE)
    .action(async (checkpoint: string, flags: Record<string, unknown>) => importCheckpoint(checkpoint, flags, terminal));
}

async function importCheckpoint(checkpoint: string, flags: Record<string, unknown>, terminal: Terminal): Promise<void> {
  const summary = await executePlan(await planImport(checkpoint, flags), terminal);
  if (flags['json'] === true) print(terminal, JSON.stringify(summary, undefined, 2));
  else print(terminal, `${formatEvaluation(summary.evaluation, terminal)}\n\nRun folder: ${summary.path}`);
}
