import { Option, type Command } from 'commander';
import { InvalidOptionError, type Normalisation } from '@xtm/contracts';
import { loadDataset, parseLanguages } from '@xtm/data';
import type { TopicEvaluation } from '@xtm/metrics';
import { evaluateTopicFiles, type EvaluationOptions } from '@xtm/pipeline';
import { formatSpending } from '../results/format-spending';
import { printableEvaluation } from '../results/evaluation-table';
import { addFormatFlags, outputFormat, type FormatFlags } from '../results/output-format';
import { printResult } from '../results/print-result';
import { noteQualityWarnings } from '../results/quality-warnings';
import { addLlmFlags } from '../settings/llm-flags';
import { collectPair, collectText, parseNumber } from '../settings/parse-value';
import { ProgressDisplay } from '../terminal/progress-display';
import { note, type Terminal } from '../terminal/terminal';
import { CLASSIFIER_CHOICES } from '../wiring/classifier-names';
import { evaluateRunFolder } from '../wiring/evaluate-run-folder';
import { evaluationOptions, type EvaluationFlags } from '../wiring/evaluation-options';
import { topicFiles } from '../wiring/topic-files';

interface EvaluateFlags extends EvaluationFlags, FormatFlags {
  readonly topics?: readonly string[];
  readonly languages?: string;
  readonly dataset?: string;
  readonly dictionary?: string;
  readonly validation?: boolean;
  readonly normalisation?: Normalisation;
  readonly [flag: string]: unknown;
}

const EXAMPLE = `
Examples:
  xtm evaluate runs/amazon --classifiers all --reference en=wiki.en.txt.gz --reference zh=wiki.zh.txt.gz
  xtm evaluate --topics en=T15_en.txt --topics zh-Hans=T15_cn.txt --load-reference wiki.counts --latex`;

export function registerEvaluate(program: Command, terminal: Terminal): void {
  const command = program
    .command('evaluate')
    .description('compute all figures that a run and its data allow and write metrics.json; or those of other tools\' topics')
    .argument('[run]', 'run folder')
    .option('--topics <file>', 'instead of a run, topics that another tool wrote, once per language: a topic a line, JSON or OCTIS output; CODE=FILE says the language', collectText)
    .option('--languages <list>', 'languages of --topics or --dataset: en,zh-Hans:cn')
    .option('--dataset <folder>', 'where the dataset is now, if it moved; the dataset of --topics')
    .option('--dictionary <file>', 'where the dictionary is now, if it moved; a dictionary for --topics')
    .option('--top-words <number>', 'words per topic that count (default: as many as the run said; 15 of --topics)', parseNumber('topWords'))
    .option('--validation', 'for choosing settings: every fifth training document takes the place of the test documents; metrics.json stays as it is')
    .addOption(new Option('--normalisation <how>', 'infer by other statistics than the run does, with the same weights; metrics.json stays as it is').choices(['joint', 'per-language', 'running']))
    .addOption(new Option('--classifiers <which>', 'classifiers to train on the inferred documents').choices(Object.keys(CLASSIFIER_CHOICES)).default('both'))
    .option('--reference-config <file>', 'comparable corpus for CNPMI: YAML with file pairs under parallel_corpus_tuples')
    .option('--reference <code=file>', 'comparable corpus for CNPMI: one line-aligned file per language, plain or gzip; more pairs may follow', collectText)
    .addOption(new Option('--counting <how>', 'how CNPMI counts words (default documents)').choices(['documents', 'released']))
    .option('--save-reference <file>', 'keep the counts of the comparable corpus for models with the same vocabularies')
    .option('--load-reference <file>', 'counts that --save-reference kept')
    .option('--embedder <name>', 'embeddings for the alignment of topics: aligned, or none', 'none')
    .option('--embedder-option <name=value>', 'an option of the embedder; may be given several times', collectPair('embedderOption'))
    .option('--description <text>', 'what the documents are, told to a language model that rates (default: the dataset\'s)')
    .option('--rating-runs <number>', 'how often a language model is asked each question (default 4)', parseNumber('ratingRuns'))
    .option('--rating-temperature <number>', 'its sampling temperature (default: the endpoint\'s)', parseNumber('ratingTemperature'));
  addFormatFlags(addLlmFlags(command))
    .addHelpText('after', EXAMPLE)
    .action(async (run: string | undefined, flags: EvaluateFlags) => evaluate(run, flags, terminal));
}

async function evaluate(run: string | undefined, flags: EvaluateFlags, terminal: Terminal): Promise<void> {
  const progress = new ProgressDisplay(terminal);
  const options = await evaluationOptions(flags, terminal);
  try {
    const evaluation = await evaluateWhatIsNamed(run, flags, { ...options, onProgress: progress.update });
    progress.stop();
    printResult(printableEvaluation(evaluation), outputFormat(flags), terminal);
    noteQualityWarnings(evaluation, terminal);
    if (options.chatModel !== undefined) note(terminal, formatSpending(options.chatModel.spending()));
  } finally {
    progress.stop();
  }
}

async function evaluateWhatIsNamed(run: string | undefined, flags: EvaluateFlags, options: EvaluationOptions): Promise<TopicEvaluation> {
  if (run !== undefined && flags.topics === undefined) return evaluateRunFolder(run, { dataset: flags.dataset, dictionary: flags.dictionary }, { ...options, validation: flags.validation }, flags.normalisation);
  if (run === undefined && flags.topics !== undefined) return evaluateFiles(flags.topics, flags, options);
  throw new InvalidOptionError('topics', flags.topics, 'give either a run folder or --topics');
}

async function evaluateFiles(topics: readonly string[], { languages, dataset, dictionary }: EvaluateFlags, options: EvaluationOptions): Promise<TopicEvaluation> {
  const files = topicFiles(topics, languages);
  if (dataset === undefined) return evaluateTopicFiles(files, { ...options, dictionary });
  const { corpus } = await loadDataset(dataset, { ...(languages !== undefined && { languages: parseLanguages(languages) }), ...(dictionary !== undefined && { dictionary }) });
  return evaluateTopicFiles(files, { ...options, corpus });
}
