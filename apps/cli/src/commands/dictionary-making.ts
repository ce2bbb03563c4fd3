import type { Command } from 'commander';
import {
  describeEstimate,
  describeInduced,
  describeTranslated,
  inductionSchema,
  translationSchema,
} from '@xtm/dictionary';
import { estimateOwnWords, induceOwnWords, translateOwnWords } from '@xtm/pipeline';
import { formatSpending } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { withProgress } from '../terminal/progress-display';
import { note, print, printJson, type Terminal } from '../terminal/terminal';
import { formatMade } from './dictionary-text';

/** Flags of every command that writes a list. */
export const LIST_FLAGS = {
  'out <file>': 'where the dictionary goes (default: what a project names, else dictionary-LANG-LANG.txt)',
  replace: 'replace a file that is there',
  json: 'print JSON',
} as const;

const OWN_WORDS_FLAGS = {
  'languages <list>': 'the two languages of a dataset folder, where it does not say: en,zh-Hans:cn',
  'known <file>': "a dictionary that is there and joins the result (default: the project's, if it is there)",
} as const;

const OWN_WORDS_ARGUMENT = ['<texts>', 'project file of "xtm init", corpus file in JSON, or dataset folder'] as const;

const INDUCE_EXAMPLE = `
Needs an encoder that knows both languages: "xtm models fetch multilingual-e5-small" gets a small one. A known
dictionary sets the thresholds.

Examples:
  xtm dictionary induce xtm.yaml
  xtm dictionary induce data/reviews --embedder multilingual-e5-small --embedder-option folder=e5 --out induced.txt
  xtm dictionary induce data/reviews --known muse.txt --out both.txt`;

export function registerInduce(dictionary: Command, terminal: Terminal): void {
  addCommand(dictionary, 'induce', {
    description: "make a dictionary of the texts' own words with a multilingual encoder, or improve upon one",
    args: [OWN_WORDS_ARGUMENT],
    flags: {
      'embedder <name>': "the encoder (default: the project's, else one that is on this machine)",
      'embedder-option <name=value>': 'an option of the encoder, such as folder=e5; may be given several times',
      ...OWN_WORDS_FLAGS,
      'only-induced': 'leave the known dictionary out of the result',
      ...LIST_FLAGS,
    },
    fields: inductionSchema.shape,
    more: INDUCE_EXAMPLE,
  }).action(async ({ json, embedderOption: embedderOptions, ...flags }, place) => {
    const options = { ...flags, embedderOptions, environment: terminal.environment };
    const made = await withProgress(terminal, (run) => induceOwnWords(place, options, run));
    const { encoder, induced, known, reach } = made;
    const { list, ...facts } = induced;
    if (json) return printJson(terminal, { file: made.file, encoder, ...facts, ...reach });
    const before = known === undefined ? [] : [['Known before', `${known.translations.length} pairs`] as const];
    print(terminal, formatMade(describeInduced({ list, ...facts }, encoder), before, made, place, terminal));
  });
}

const TRANSLATE_EXAMPLE = `
Replies are kept in the cache folder: the same command asks for nothing again, and goes on where a budget or a failure
ended it.

Examples:
  xtm dictionary translate xtm.yaml --llm-preset gemini --llm-model gemini-2.5-flash --dry-run
  xtm dictionary translate xtm.yaml --llm-preset ollama --llm-model qwen3 --words 2000 --max-calls 200`;

const GOES_ON = 'the words asked about so far are kept, the same command with more goes on';

export function registerTranslate(dictionary: Command, terminal: Terminal): void {
  addCommand(dictionary, 'translate', {
    description: "have a language model translate the texts' own words, in batches",
    args: [OWN_WORDS_ARGUMENT],
    flags: {
      'words <number>': 'words per language, the most frequent (default: all)',
      ...OWN_WORDS_FLAGS,
      'dry-run': 'say how many requests and tokens it would take, and do nothing',
      ...LIST_FLAGS,
    },
    fields: translationSchema.shape,
    settings: { sections: ['language model'] },
    more: TRANSLATE_EXAMPLE,
  }).action(async ({ json, dryRun, ...flags }, place) => {
    const options = { ...flags, languageModel: flags, environment: terminal.environment };
    if (dryRun) {
      const { cost, ...estimate } = await withProgress(terminal, (run) => estimateOwnWords(place, options, run));
      return json ? printJson(terminal, { ...estimate, cost }) : print(terminal, describeEstimate(estimate, cost));
    }
    const made = await withProgress(terminal, (run) => translateOwnWords(place, options, run));
    const { translated: { list, report }, model, spending, reach } = made;
    const { stopped, ...facts } = report;
    for (const problem of report.problems) note(terminal, `warning: ${problem}`);
    if (stopped !== undefined) note(terminal, `warning: ${stopped.message}; ${GOES_ON}`);
    if (json) return printJson(terminal, { file: made.file, model, ...facts, cost: spending.cost, ...reach });
    const lines = [...describeTranslated(list, report), formatSpending(spending)];
    print(terminal, formatMade(lines, [], made, place, terminal));
  });
}
