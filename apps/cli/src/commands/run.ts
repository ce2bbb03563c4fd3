import { Option, type Command } from 'commander';
import { performRun } from '../results/perform-run';
import { collectPair, parseNumber } from '../settings/parse-value';
import { addRefinementFlags } from '../settings/run-flags';
import type { Terminal } from '../terminal/terminal';

const EXAMPLE = `
Example:
  xtm run --dataset datasets/Amazon_Review --languages en,zh-Hans:cn --dictionary ch_en_dict.dat --model nmtm --epochs 40 --run amazon`;

export function registerRun(program: Command, terminal: Terminal): void {
  const command = program
    .command('run')
    .description('train a model on a dataset folder and write topics, documents\' topics and metrics into a run folder')
    .option('--config <file>', 'settings in YAML or JSON, named like these flags in camelCase; flags win')
    .option('--dataset <folder>', 'dataset folder in the benchmark layout ("xtm prepare" makes one from texts)')
    .option('--languages <list>', 'two BCP-47 codes, each with its file suffix where that differs: en,zh-Hans:cn')
    .option('--dictionary <file>', 'translation pairs "word2 word1", one a line')
    .option('--model <name>', 'nmtm, infoctm, xtra, gloctm, or a baseline: u-svd, svd-lr, mtanchor, mcta (default nmtm)')
    .option('--preset <name>', 'the papers\' settings for amazon-review, ec-news or rakuten-amazon')
    .option('--num-topics <number>', 'topics to find (default 50)', parseNumber('numTopics'))
    .option('--top-words <number>', 'words a topic and language in lists and metrics (default 15)', parseNumber('topWords'))
    .option('--epochs <number>', 'passes over the documents (default: the model\'s)', parseNumber('epochs'))
    .option('--batch-size <number>', 'document pairs a step (default 128)', parseNumber('batchSize'))
    .option('--learning-rate <number>', 'initial learning rate (default: the model\'s)', parseNumber('learningRate'))
    .option('--halve-every <epochs>', 'epochs after which the learning rate is halved (default: the model\'s)', parseNumber('halveEvery'))
    .option('--clip-norm <number>', 'largest gradient norm (default: the model\'s)', parseNumber('clipNorm'))
    .option('--seed <number>', 'seed of all random draws (default 0)', parseNumber('seed'))
    .option('--model-option <name=value>', 'an option of the model itself; may be given several times', collectPair('modelOption'))
    .addOption(new Option('--backend <name>', 'what computes (default auto)').choices(['auto', 'tensorflow', 'wasm', 'cpu']))
    .addOption(new Option('--classifiers <which>', 'classifiers to evaluate with (default both)').choices(['linear', 'rbf', 'both', 'none']))
    .option('--run <name>', 'name of the run (default: dataset and model)')
    .option('--runs-folder <folder>', 'where run folders are (default runs)')
    .option('--json', 'print the run\'s path and metrics as JSON')
    .addHelpText('after', EXAMPLE);
  addRefinementFlags(command).action(async (flags: Record<string, unknown>) => performRun(flags, terminal));
}
