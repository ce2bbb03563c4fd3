import { type Command, Option } from 'commander';
import {
  estimateTranslation,
  translateVocabularies,
  type TranslationInput,
  type TranslationOptions,
  type TranslationReport,
} from '@xtm/dictionary';
import { type ChatModelOptions, costOf, createChatModel, type TokenPrices } from '@xtm/llm';
import { formatSpending } from '../../results/quality-warnings';
import { addLlmFlags, llmOptionsOfFlags } from '../../settings/llm-flags';
import { parseNumber } from '../../settings/parse-value';
import { ProgressDisplay } from '../../terminal/progress-display';
import { note, print, shortPath, type Terminal } from '../../terminal/terminal';
import { refuseKeys } from '../../wiring/refuse-keys';
import {
  byFrequency,
  choosePlaces,
  formatCoverage,
  joinLists,
  nextCommand,
  readKnown,
  readVocabularies,
  samplePairs,
  VOCABULARY_ARGUMENT,
  type VocabularySource,
  writeWordList,
} from './vocabulary-source';

interface TranslateFlags extends TranslationOptions {
  readonly words?: number;
  readonly known?: string;
  readonly languages?: string;
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly replace?: boolean;
  readonly json?: boolean;
  readonly prices?: TokenPrices;
}

const EXAMPLE = `
Replies are kept in the cache folder: the same command asks for nothing again, and goes on where a budget or a failure ended it.

Examples:
  xtm dictionary translate xtm.yaml --llm-preset gemini --llm-model gemini-2.5-flash --dry-run
  xtm dictionary translate xtm.yaml --llm-preset ollama --llm-model qwen3 --words 2000 --max-calls 200`;

export function registerTranslate(dictionary: Command, terminal: Terminal): void {
  addLlmFlags(
    dictionary
      .command('translate')
      .description("have a language model translate the texts' own words, in batches")
      .argument(...VOCABULARY_ARGUMENT)
      .option(
        '--words <number>',
        'only so many words per language, the most frequent (default: all)',
        parseNumber('words'),
      )
      .addOption(
        new Option('--direction <which>', "which language's words are translated (default both)").choices([
          'both',
          'first',
          'second',
        ]),
      )
      .option('--batch-size <number>', 'words per request (default 40)', parseNumber('batchSize'))
      .option(
        '--translations-per-word <number>',
        'translations per word at most (default 3)',
        parseNumber('translationsPerWord'),
      )
      .addOption(
        new Option(
          '--form <form>',
          'how the model answers: lines, or JSON that an endpoint binds to a schema, for weak models (default lines)',
        ).choices(['lines', 'json']),
      )
      .option(
        '--repeats <number>',
        'how often a word is asked about again that a reply left out (default 1)',
        parseNumber('repeats'),
      )
      .option(
        '--known <file>',
        "a dictionary that is there already and is part of the result (default: the project's, if it is there)",
      )
      .option('--dry-run', 'say how many requests and tokens it would take, and do nothing'),
  )
    .option('--languages <list>', 'the two languages of a dataset folder, where it does not say: en,zh-Hans:cn')
    .option(
      '--out <file>',
      'where the dictionary goes (default: what the project names, else dictionary-LANG-LANG.txt)',
    )
    .option('--replace', 'replace a file that is there')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLE)
    .action(async (place: string, flags: TranslateFlags) => translate(place, flags, terminal));
}

async function translate(place: string, flags: TranslateFlags, terminal: Terminal): Promise<void> {
  const progress = new ProgressDisplay(terminal);
  const run = { signal: terminal.signal, onProgress: progress.update };
  try {
    const source = await readVocabularies(place, flags.languages, run);
    const input = inputOf(source, flags.words);
    if (flags.dryRun) {
      progress.stop();
      return showEstimate(input, flags, terminal);
    }
    const { out, known: knownFile } = choosePlaces(source, flags);
    // Before anything is paid for: a dictionary that cannot be read would be told of too late.
    const known = await readKnown(knownFile, source);
    const model = createChatModel(llmOptions(source, flags), terminal.environment);
    const { list, report } = await translateVocabularies(model, input, optionsOf(flags), run);
    const whole = known === undefined ? list : joinLists(list, known.translations);
    const written = await writeWordList(out, whole, source);
    progress.stop();
    for (const problem of report.problems) note(terminal, `warning: ${problem}`);
    if (report.stopped !== undefined)
      note(
        terminal,
        `warning: ${report.stopped.message}; the words asked about so far are kept, the same command with more goes ` +
          'on',
      );
    const { stopped: _stopped, ...facts } = report;
    if (flags.json)
      print(
        terminal,
        JSON.stringify(
          { file: out, model: model.name, ...facts, cost: model.spending().cost, ...written },
          undefined,
          2,
        ),
      );
    else
      print(
        terminal,
        [
          formatReport(report),
          `For a look: ${samplePairs(list)}`,
          formatSpending(model.spending()),
          '',
          formatCoverage(written, terminal),
          '',
          `Dictionary: ${shortPath(out)}`,
          `Next:       ${nextCommand(source, place, out)}`,
        ].join('\n'),
      );
  } finally {
    progress.stop();
  }
}

function inputOf(source: VocabularySource, words: number | undefined): TranslationInput {
  const [first, second] = byFrequency(source);
  const { languages, corpus: { description } } = source;
  return {
    languages,
    vocabularies: [first.slice(0, words), second.slice(0, words)],
    ...(description !== undefined && { description }),
  };
}

function optionsOf({ batchSize, translationsPerWord, direction, form, repeats }: TranslateFlags): TranslationOptions {
  return Object.fromEntries(
    Object.entries({ batchSize, translationsPerWord, direction, form, repeats }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}

/** The project's language model, with what the flags say instead. */
function llmOptions({ settings }: VocabularySource, flags: TranslateFlags): ChatModelOptions {
  const options = { ...llmOptionsOfFlags(settings), ...llmOptionsOfFlags({ ...flags }) };
  refuseKeys('llm', options);
  return options as ChatModelOptions;
}

function showEstimate(input: TranslationInput, flags: TranslateFlags, terminal: Terminal): void {
  const estimate = estimateTranslation(input, optionsOf(flags));
  const cost = flags.prices === undefined ? undefined : costOf(estimate, flags.prices);
  if (flags.json) print(terminal, JSON.stringify({ ...estimate, cost }, undefined, 2));
  else
    print(
      terminal,
      `${estimate.words} words in ${estimate.requests} requests: about ${estimate.inputTokens} tokens sent and ` +
        `${estimate.outputTokens} received${cost === undefined ? '' : `, cost about ${cost.toFixed(4)}`}`,
    );
}

function formatReport({ asked, translated, unknown, unanswered, unusable, confirmed }: TranslationReport): string {
  return [
    `${translated} of ${asked} words translated; ${confirmed} pairs given in both directions`,
    `Left out: ${unknown} words that the model does not know, ${unanswered} that no reply spoke of, ${unusable} ` +
      'translations of several words or in another script',
  ].join('\n');
}
