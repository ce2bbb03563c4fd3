import type { Command } from 'commander';
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
import { formatQualityWarnings, formatSpending, printableEvaluation } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { type ReferenceFlags, referenceSource, topicFiles } from '../settings/evaluation-inputs';
import { collectText } from '../settings/parse-value';
import { addFlags, addGroupFlag, addSettingFlags } from '../settings/setting-flags';
import { settingsOfFlags } from '../settings/settings-of-flags';
import { addFormatFlags, type FormatFlags, outputFormat, printResult } from '../terminal/print-result';
import { withProgress } from '../terminal/progress-display';
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
With --validation or --normalisation metrics.json stays as it is.

Examples:
  xtm evaluate runs/amazon --classifiers all --reference en=wiki.en.txt.gz --reference zh=wiki.zh.txt.gz
  xtm evaluate --topics en=T15_en.txt --topics zh-Hans=T15_cn.txt --load-reference wiki.counts --latex`;

export function registerEvaluate(program: Command, terminal: Terminal): void {
  const command = addCommand(program, 'evaluate', {
    description: "compute all figures that a run and its data allow; or those of other tools' topics",
    args: [['[run]', 'run folder; its metrics.json is written']],
    flags: {
      'topics <file>': [
        "another tool's topics, once per language, CODE=FILE: lines, JSON or OCTIS output",
        collectText,
      ],
      validation: 'for choosing settings: every fifth training document in place of the test documents',
      'normalisation <how>': ['infer by other statistics than the run does', ['joint', 'per-language', 'running']],
      'reference-config <file>': 'comparable corpus for CNPMI: YAML with file pairs under parallel_corpus_tuples',
      'reference <code=file>': ['comparable corpus for CNPMI: a line-aligned file per language', collectText],
      'counting <how>': ['how CNPMI counts words (default documents)', ['documents', 'released']],
      'save-reference <file>': 'keep the counts of the comparable corpus, for models of the same vocabularies',
      'load-reference <file>': 'counts that --save-reference kept',
      'description <text>': "what the documents are, told to a language model that rates (default: the dataset's)",
      'rating-runs <number>': 'how often a language model is asked each question (default 4)',
      'rating-temperature <number>': "its sampling temperature (default: the endpoint's)",
    },
    more: EXAMPLE,
  });
  addFlags(command, {
    languages: 'languages of --topics or --dataset: en,zh-Hans:cn',
    dataset: 'where the dataset is now, if it moved; the dataset of --topics',
    dictionary: 'where the dictionary is now, if it moved; a dictionary for --topics',
    topWords: 'words per topic that count (default: as many as the run said; 15 of --topics)',
    classifiers: undefined,
    embedder: 'embeddings for the alignment of topics (default: none)',
  });
  addGroupFlag(command, 'embedderOption');
  addFormatFlags(addSettingFlags(command, ['language model']));
  command.action((run: string | undefined, flags: EvaluateFlags) => evaluate(run, flags, terminal));
}

async function evaluate(named: string | undefined, flags: EvaluateFlags, terminal: Terminal): Promise<void> {
  const chatModel = ratingModel(flags, terminal);
  const options = { ...(await optionsOf(flags, terminal)), ...(chatModel && { chatModel }) };
  try {
    const evaluation = await withProgress(terminal, (run) =>
      evaluateWhatIsNamed(named, flags, { ...options, ...run }),
    );
    printResult(printableEvaluation(evaluation), outputFormat(flags), terminal);
    for (const line of formatQualityWarnings(evaluation)) note(terminal, line);
    if (chatModel !== undefined) note(terminal, formatSpending(chatModel.spending()));
  } finally {
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
  const { topWords, classifiers = 'both', counting, description, ratingRuns, ratingTemperature } = flags;
  const { embedder = 'none', embedderOption = {} } = flags;
  refuseKeys('embedderOption', embedderOption);
  const rating = { description, ratingRuns, ratingTemperature };
  return {
    topWords,
    counting,
    ...rating,
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
