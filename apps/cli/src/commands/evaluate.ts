import { Option, type Command } from 'commander';
import { evaluateRun, loadNeuralTopicModel } from '@xtm/pipeline';
import { findBackbone } from '@xtm/backbones';
import { useBackend } from '@xtm/tensor';
import { formatEvaluation } from '../results/evaluation-table';
import { parseNumber } from '../settings/parse-value';
import { ProgressDisplay } from '../terminal/progress-display';
import { print, type Terminal } from '../terminal/terminal';
import { loadRunCorpus } from '../wiring/load-run-corpus';
import { classifierNames, type ClassifierChoice } from '../wiring/classifier-names';

interface EvaluateFlags {
  readonly topWords?: number;
  readonly classifiers: ClassifierChoice;
  readonly dataset?: string;
  readonly dictionary?: string;
  readonly json?: boolean;
}

const EXAMPLE = `
Example:
  xtm evaluate runs/amazon --classifiers linear`;

export function registerEvaluate(program: Command, terminal: Terminal): void {
  program
    .command('evaluate')
    .description('compute a run\'s figures again: uniqueness, held-out NPMI, classification; writes metrics.json')
    .argument('<run>', 'run folder')
    .option('--top-words <number>', 'words a topic that count (default 15)', parseNumber('topWords'))
    .addOption(new Option('--classifiers <which>', 'classifiers to train on the topic means').choices(['linear', 'rbf', 'both', 'none']).default('both'))
    .option('--dataset <folder>', 'where the dataset is now, if it moved')
    .option('--dictionary <file>', 'where the dictionary is now, if it moved')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLE)
    .action(async (path: string, flags: EvaluateFlags) => evaluate(path, flags, terminal));
}

async function evaluate(path: string, { topWords, classifiers, dataset, dictionary, json }: EvaluateFlags, terminal: Terminal): Promise<void> {
  const progress = new ProgressDisplay(terminal);
  const corpus = await loadRunCorpus(path, { dataset, dictionary });
  await useBackend('auto');
  const model = loadNeuralTopicModel(path, findBackbone);
  try {
    const evaluation = await evaluateRun(path, model, corpus, { topWords, classifiers: classifierNames(classifiers), signal: terminal.signal, onProgress: progress.update });
    progress.stop();
    print(terminal, json ? JSON.stringify(evaluation, undefined, 2) : formatEvaluation(evaluation, terminal));
  } finally {
    progress.stop();
    model.dispose();
  }
}
