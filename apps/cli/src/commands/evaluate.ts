import { type Command, Option } from 'commander';
import { InvalidOptionError, type Normalisation } from '@xtm/contracts';
import { loadDataset, parseLanguages } from '@xtm/data';
import { createEmbedder } from '@xtm/embedder';
import { type ChatModelOptions, createChatModel, type EndpointChatModel } from '@xtm/llm';
import type { TopicEvaluation } from '@xtm/metrics';
import {
  CLASSIFIER_CHOICES,
  type ClassifierChoice,
  endpointOptions,
  evaluateRunFolder,
  evaluateTopicFiles,
  type EvaluationOptions,
  refuseKeys,
} from '@xtm/pipeline';
import { type ReferenceFlags, referenceSource } from '../evaluation/reference-source';
import { topicFiles } from '../evaluation/topic-files';
import { printableEvaluation } from '../results/evaluation-table';
import { addFormatFlags, type FormatFlags, outputFormat, printResult } from '../results/print-result';
import { formatSpending, noteQualityWarnings } from '../results/quality-warnings';
import { collectText, parseNumber } from '../settings/parse-value';
import { addFlags, addGroupFlag, addSettingFlags } from '../settings/setting-flags';
import { settingsOfFlags } from '../settings/settings-of-flags';
import { ProgressDisplay } from '../terminal/progress-display';
import { note, type Terminal } from '../terminal/terminal';

interface EvaluateFlags extends ReferenceFlags, FormatFlags {
  readonly topics?: readonly string[];
  readonly languages?: string;
  readonly dataset?: string;
  readonly dictionary?: string;
  readonly validation?: boolean;
  readonly normalisation?: Normalisation;
  readonly topWords?: number;
  readonly classifiers?: ClassifierChoice;
  readonly counting?: 'documents' | 'released';
  readonly description?: string;
  readonly embedder?: string;
  readonly embedderOption?: Readonly<Record<string, unknown>>;
  readonly ratingRuns?: number;
  readonly ratingTemperature?: number;
  readonly [flag: string]: unknown;
}

const EXAMPLE = `
Examples:
  xtm evaluate runs/amazon --classifiers all --reference en=wiki.en.txt.gz --reference zh=wiki.zh.txt.gz
  xtm evaluate --topics en=T15_en.txt --topics zh-Hans=T15_cn.txt --load-reference wiki.counts --latex`;

export function registerEvaluate(program: Command, terminal: Terminal): void {
  const command = program
    .command('evaluate')
    .description(
      "compute all figures that a run and its data allow and write metrics.json; or those of other tools' topics",
    )
    .argument('[run]', 'run folder')
    .option(
      '--topics <file>',
      'instead of a run, topics that another tool wrote, once per language: one topic per line, JSON or OCTIS ' +
        'output; CODE=FILE says the language',
      collectText,
    )
    .option(
      '--validation',
      'for choosing settings: every fifth training document takes the place of the test documents; metrics.json ' +
        'stays as it is',
    )
    .addOption(
      new Option(
        '--normalisation <how>',
        'infer by other statistics than the run does, with the same weights; metrics.json stays as it is',
      ).choices(['joint', 'per-language', 'running']),
    )
    .option(
      '--reference-config <file>',
      'comparable corpus for CNPMI: YAML with file pairs under parallel_corpus_tuples',
    )
    .option(
      '--reference <code=file>',
      'comparable corpus for CNPMI: one line-aligned file per language, plain or gzip; more pairs may follow',
      collectText,
    )
    .addOption(
      new Option('--counting <how>', 'how CNPMI counts words (default documents)').choices(['documents', 'released']),
    )
    .option(
      '--save-reference <file>',
      'keep the counts of the comparable corpus for models with the same vocabularies',
    )
    .option('--load-reference <file>', 'counts that --save-reference kept')
    .option(
      '--description <text>',
      "what the documents are, told to a language model that rates (default: the dataset's)",
    )
    .option(
      '--rating-runs <number>',
      'how often a language model is asked each question (default 4)',
      parseNumber('ratingRuns'),
    )
    .option(
      '--rating-temperature <number>',
      "its sampling temperature (default: the endpoint's)",
      parseNumber('ratingTemperature'),
    );
  addFlags(command, {
    languages: 'languages of --topics or --dataset: en,zh-Hans:cn',
    dataset: 'where the dataset is now, if it moved; the dataset of --topics',
    dictionary: 'where the dictionary is now, if it moved; a dictionary for --topics',
    topWords: 'words per topic that count (default: as many as the run said; 15 of --topics)',
    classifiers: undefined,
    embedder: 'embeddings for the alignment of topics (default: none)',
  });
  addGroupFlag(command, 'embedderOption');
  addFormatFlags(addSettingFlags(command, ['language model']))
    .addHelpText('after', EXAMPLE)
    .action(async (run: string | undefined, flags: EvaluateFlags) => evaluate(run, flags, terminal));
}

async function evaluate(run: string | undefined, flags: EvaluateFlags, terminal: Terminal): Promise<void> {
  const progress = new ProgressDisplay(terminal);
  const chatModel = ratingModel(flags, terminal);
  const options = { ...(await optionsOf(flags, terminal)), ...(chatModel && { chatModel }) };
  try {
    const evaluation = await evaluateWhatIsNamed(run, flags, {
      ...options,
      signal: terminal.signal,
      onProgress: progress.update,
    });
    progress.stop();
    printResult(printableEvaluation(evaluation), outputFormat(flags), terminal);
    noteQualityWarnings(evaluation, terminal);
    if (chatModel !== undefined) note(terminal, formatSpending(chatModel.spending()));
  } finally {
    progress.stop();
    await options.embedder?.dispose?.();
  }
}

async function evaluateWhatIsNamed(
  run: string | undefined,
  flags: EvaluateFlags,
  options: EvaluationOptions,
): Promise<TopicEvaluation> {
  const { topics, dataset, dictionary, validation, normalisation } = flags;
  if (run !== undefined && topics === undefined)
    return evaluateRunFolder(run, { ...options, moved: { dataset, dictionary }, validation, normalisation });
  if (run === undefined && topics !== undefined) return evaluateFiles(topics, flags, options);
  throw new InvalidOptionError('topics', topics, 'give either a run folder or --topics');
}

async function evaluateFiles(
  topics: readonly string[],
  { languages, dataset, dictionary }: EvaluateFlags,
  options: EvaluationOptions,
): Promise<TopicEvaluation> {
  const files = topicFiles(topics, languages);
  if (dataset === undefined) return evaluateTopicFiles(files, { ...options, dictionary });
  const { corpus } = await loadDataset(dataset, {
    ...(languages !== undefined && { languages: parseLanguages(languages) }),
    ...(dictionary !== undefined && { dictionary }),
  });
  return evaluateTopicFiles(files, { ...options, corpus });
}

async function optionsOf(flags: EvaluateFlags, { environment }: Terminal): Promise<EvaluationOptions> {
  const {
    topWords,
    classifiers = 'both',
    counting,
    description,
    embedder = 'none',
    embedderOption = {},
    ratingRuns,
    ratingTemperature,
  } = flags;
  refuseKeys('embedderOption', embedderOption);
  return {
    topWords,
    counting,
    description,
    ratingRuns,
    ratingTemperature,
    classifiers: CLASSIFIER_CHOICES[classifiers],
    reference: await referenceSource(flags),
    embedder: embedder === 'none' ? undefined : await createEmbedder(embedder, embedderOption, environment),
  };
}

function ratingModel(flags: EvaluateFlags, { environment }: Terminal): EndpointChatModel | undefined {
  const options = endpointOptions(settingsOfFlags(flags));
  if (Object.keys(options).length === 0) return undefined;
  if (options['model'] === undefined)
    throw new InvalidOptionError('llmModel', undefined, 'the language model has no name', {
      advice: 'Name it with --llm-model.',
    });
  refuseKeys('llm', options);
  return createChatModel(options as ChatModelOptions, environment);
}
