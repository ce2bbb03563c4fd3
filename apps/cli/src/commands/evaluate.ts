import type { Command } from 'commander';
import { InvalidOptionError } from '@xtm/contracts';
import {
  CLASSIFIER_CHOICES,
  evaluateRunFolder,
  evaluateTopicFiles,
  findReference,
  openEvaluationModels,
  parseTopicFiles,
  type RunSettings,
} from '@xtm/pipeline';
import { formatQualityWarnings, formatSpending, printableEvaluation } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { collectText } from '../settings/parse-value';
import { FORMAT_FLAGS, printResult } from '../terminal/print-result';
import { withProgress } from '../terminal/progress-display';
import { note, type Terminal } from '../terminal/terminal';

const EXAMPLE = `
With --validation or --normalisation metrics.json stays as it is.

Examples:
  xtm evaluate runs/amazon --classifiers all --reference en=wiki.en.txt.gz --reference zh=wiki.zh.txt.gz
  xtm evaluate --topics en=T15_en.txt --topics zh-Hans=T15_cn.txt --load-reference wiki.counts --latex`;

/** Settings that mean something of their own here. */
const SETTINGS = {
  languages: 'languages of --topics or --dataset: en,zh-Hans:cn',
  dataset: 'where the dataset is now, if it moved; the dataset of --topics',
  dictionary: 'where the dictionary is now, if it moved; a dictionary for --topics',
  topWords: 'words per topic that count (default: as many as the run said; 15 of --topics)',
  classifiers: undefined,
  embedder: 'embeddings for the alignment of topics (default: none)',
  embedderOption: undefined,
};

type NamedSettings = Partial<Pick<RunSettings, Exclude<keyof typeof SETTINGS, 'embedderOption'>>>;

export function registerEvaluate(program: Command, terminal: Terminal): void {
  addCommand(program, 'evaluate', {
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
    settings: { names: SETTINGS, sections: ['language model'] },
    ending: FORMAT_FLAGS,
    more: EXAMPLE,
  }).action(async (flags, named) => {
    const { topics, validation, normalisation, counting, description, ratingRuns, ratingTemperature } = flags;
    const { languages, dataset, dictionary, topWords, classifiers = 'both' } = flags as NamedSettings;
    const rating = { description, ratingRuns, ratingTemperature };
    const figures = { topWords, counting, classifiers: CLASSIFIER_CHOICES[classifiers], ...rating };
    const reference = await findReference(flags);
    const { spending, dispose, ...models } = await openEvaluationModels(flags, terminal.environment);
    try {
      const evaluation = await withProgress(terminal, (run) => {
        const options = { ...figures, reference, ...models, ...run };
        if (named !== undefined && topics === undefined)
          return evaluateRunFolder(named, { ...options, moved: { dataset, dictionary }, validation, normalisation });
        if (named !== undefined || topics === undefined)
          throw new InvalidOptionError('topics', topics, 'give either a run folder or --topics');
        return evaluateTopicFiles(parseTopicFiles(topics, languages), { ...options, dataset, languages, dictionary });
      });
      printResult(printableEvaluation(evaluation), flags, terminal);
      for (const line of formatQualityWarnings(evaluation)) note(terminal, line);
      const spent = spending();
      if (spent !== undefined) note(terminal, formatSpending(spent));
    } finally {
      await dispose();
    }
  });
}
