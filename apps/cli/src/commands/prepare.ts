import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { InvalidOptionError, MissingFileError } from '@xtm/contracts';
import {
  type CommonWords,
  type Dataset,
  dictionaryCoverage,
  type DocumentColumns,
  parseLanguages,
  prepareCorpus,
  type PrepareOptions,
  readPrepareOptions,
  writeDataset,
} from '@xtm/data';
import { formatTable, right } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { collectText } from '../settings/parse-value';
import { readPreparePlan } from '../settings/project-file';
import { withProgress } from '../terminal/progress-display';
import { note, pastablePath, print, printJson, shortPath, textStyle, type Terminal } from '../terminal/terminal';

interface PrepareFlags {
  readonly out?: string;
  readonly documents?: readonly string[];
  readonly languages?: string;
  readonly name?: string;
  readonly description?: string;
  readonly dictionary?: string;
  readonly textColumn?: string;
  readonly languageColumn?: string;
  readonly labelColumn?: string;
  readonly idColumn?: string;
  readonly dateColumn?: string;
  readonly splitColumn?: string;
  readonly segmenter?: PrepareOptions['segmenter'];
  readonly stopWords?: PrepareOptions['stopWords'];
  readonly keepWords?: readonly string[];
  readonly minDocumentFrequency?: number;
  readonly maxDocumentFrequency?: number;
  readonly vocabularySize?: number;
  readonly testFraction?: number;
  readonly seed?: number;
  readonly replace?: boolean;
  readonly json?: boolean;
}

const EXAMPLE = `
Examples:
  xtm prepare xtm.yaml
  xtm prepare corpus.json --out data/reviews
  xtm prepare --documents en=english.csv --documents zh-Hans=chinese.csv --text-column review --out data/reviews`;

export function registerPrepare(program: Command, terminal: Terminal): void {
  addCommand(program, 'prepare', {
    description: 'make a dataset folder of raw texts: words, vocabulary, bags of words, training and test documents',
    args: [['[file]', 'file that says all of this: YAML of "xtm init", or a corpus file in JSON; flags win']],
    flags: {
      'out <folder>': 'dataset folder to write (default: the dataset that the YAML file names)',
      'documents <language=file>': ['texts of one language, once per language, or of all: file alone', collectText],
      'languages <list>': 'BCP-47 codes, with the file suffix where that differs: en,zh-Hans:cn',
      'name <name>': "name of the dataset (default: the folder's)",
      'description <text>': 'one line on what the documents are',
      'dictionary <file>': 'translation pairs "word2 word1", one per line',
      'text-column <name>': 'column that holds the text (default text)',
      'language-column <name>': 'column that holds the language, for files of all languages',
      'label-column <name>': 'column that holds the label (default label)',
      'id-column <name>': 'column that holds the id (default id)',
      'date-column <name>': 'column that holds the date (default date)',
      'split-column <name>': 'column that says train, validation (trained on) or test (default split)',
      'segmenter <name>': ['what cuts texts into words', ['auto', 'intl', 'jieba', 'lindera', 'whitespace']],
      'stop-words <list>': ['standard stop words to drop (default moderate)', ['moderate', 'broad', 'none']],
      'no-stop-words': 'keep the standard stop words',
      'keep-words <list>': ['words never dropped as stop words or as too common: room,hotel', parseWords],
      'min-document-frequency <number>': 'documents that a word must occur in',
      'max-document-frequency <share>': 'documents that a word may occur in (default 0.9; 0.5 without stop words)',
      'vocabulary-size <number>': 'words per language at most',
      'test-fraction <share>': 'share of documents held out (default 0.2)',
      'seed <number>': 'seed of the split (default 0)',
      replace: 'replace a dataset folder that is there',
      json: 'print JSON',
    },
    more: EXAMPLE,
  }).action((file: string | undefined, flags: PrepareFlags) => prepare(file, flags, terminal));
}

async function prepare(file: string | undefined, flags: PrepareFlags, terminal: Terminal): Promise<void> {
  const plan = file === undefined ? {} : await readPlan(file);
  if (file !== undefined && flags.dictionary === undefined) checkDictionary(plan.options?.dictionary, file);
  const out = flags.out ?? plan.out;
  if (out === undefined) {
    const advice = 'Name one with --out.';
    throw new InvalidOptionError('out', undefined, 'a dataset folder to write is needed', { advice });
  }
  const options = { ...plan.options, ...optionsOf(flags, out) } as PrepareOptions;
  const dataset = await withProgress(terminal, (run) => prepareCorpus(options, run));
  await writeDataset(out, dataset, { replace: flags.replace });
  for (const { message } of dataset.warnings) note(terminal, `warning: ${message}`);
  const advice = adviceOnDictionary(dataset);
  if (advice !== undefined) note(terminal, `warning: ${advice}`);
  if (flags.json) printJson(terminal, factsOf(out, dataset));
  else print(terminal, formatFacts(shortPath(out), dataset, terminal));
}

async function readPlan(file: string): Promise<{ readonly options?: PrepareOptions; readonly out?: string }> {
  return /\.ya?ml$/i.test(file) ? readPreparePlan(file) : { options: await readPrepareOptions(file) };
}

/** A project names its dictionary before it is made. */
function checkDictionary(dictionary: string | undefined, project: string): void {
  if (dictionary === undefined || existsSync(dictionary)) return;
  throw new MissingFileError(dictionary, `preparing the texts of ${project}`, {
    advice: `Make it with "xtm dictionary induce ${pastablePath(project)}" (docs/dictionaries.md tells other ways), ` +
      `or take the line out of ${project} to go without.`,
  });
}

/** What the flags say, as the library names it; flags that were not given say nothing. */
function optionsOf(flags: PrepareFlags, out: string): Partial<PrepareOptions> {
  const { name, description, dictionary, segmenter, stopWords, keepWords, vocabularySize, testFraction, seed } = flags;
  const { minDocumentFrequency, maxDocumentFrequency, documents } = flags;
  const folderName = documents === undefined ? undefined : out.split(/[\\/]/).filter(Boolean).at(-1);
  // Commander says true where neither --stop-words nor --no-stop-words is given.
  const stopWordList = stopWords === true ? undefined : stopWords;
  const frequencies = { minDocumentFrequency, maxDocumentFrequency, vocabularySize };
  const words = { segmenter, stopWords: stopWordList, keepWords, ...frequencies };
  const said = {
    name: name ?? folderName,
    description,
    dictionary,
    testFraction,
    seed,
    ...words,
    ...documentsOf(flags),
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

function documentsOf(flags: PrepareFlags): Pick<Partial<PrepareOptions>, 'documents' | 'languages'> {
  if (flags.documents === undefined)
    return flags.languages === undefined ? {} : { languages: parseLanguages(flags.languages) };
  const columns = columnsOf(flags);
  const sources = flags.documents.map((text) => {
    const at = text.indexOf('=');
    return at < 0 ? { path: text, columns } : { path: text.slice(at + 1), language: text.slice(0, at), columns };
  });
  const named = sources.flatMap(({ language }) => (language === undefined ? [] : [language]));
  if (flags.languages === undefined && named.length < 2)
    throw new InvalidOptionError('languages', undefined, 'cannot tell the languages', {
      advice: 'Name them, for example --languages en,zh-Hans.',
    });
  return { documents: sources, languages: parseLanguages(flags.languages ?? named.join(',')) };
}

function columnsOf(flags: PrepareFlags): DocumentColumns {
  const meanings = ['text', 'language', 'label', 'id', 'date', 'split'] as const;
  const named = meanings.map((meaning) => [meaning, flags[`${meaning}Column`]] as const);
  return Object.fromEntries(named.filter(([, name]) => name !== undefined));
}

function parseWords(text: string): string[] {
  return text.split(/[,\uff0c\u3001\u060c]/).map((word) => word.trim()).filter((word) => word !== '');
}

/** Below this share of running words in a language, models have too few anchors to match topics by words. */
const THIN_DICTIONARY = 0.2;

/** What a missing or thin dictionary means for the models, and what to do; undefined where it reaches enough. */
function adviceOnDictionary({ corpus, dictionary }: Dataset): string | undefined {
  const thin = corpus.languages.flatMap(({ language }, index) => {
    const share = dictionary?.coverage[index]?.runningShare;
    return share === undefined || share >= THIN_DICTIONARY
      ? []
      : [`${formatShare(share)} of the running words in ${language.code}`];
  });
  if (dictionary !== undefined && thin.length === 0) return undefined;
  const what =
    dictionary === undefined ? 'there is no dictionary' : `the dictionary reaches only ${thin.join(' and ')}`;
  return [
    `${what}: models that link languages by words (nmtm, infoctm) cannot match topics across languages,`,
    'and neither can xtra and gloctm with the embedder "aligned"; with a multilingual encoder or precomputed ' +
      'embeddings these two can.',
    `Name ${dictionary === undefined ? 'one' : 'a larger one'} with --dictionary; docs/dictionaries.md says where ` +
      'to get one.',
  ].join(' ');
}

function factsOf(folder: string, { corpus, dictionary, commonWords, warnings }: Dataset) {
  const coverage = dictionaryCoverage(corpus);
  return {
    folder,
    languages: corpus.languages.map(({ language, vocabulary, train, test }, index) => ({
      ...language,
      words: vocabulary.length,
      trainDocuments: train.rows.rows,
      testDocuments: test?.rows.rows ?? 0,
      ...(commonWords && { tooCommon: commonWords[index] }),
      dictionaryCoverage: coverage[index]!,
    })),
    dictionaryPairs: dictionary?.pairs ?? 0,
    warnings,
  };
}

function formatFacts(folder: string, dataset: Dataset, terminal: Terminal): string {
  const { languages, dictionaryPairs } = factsOf(folder, dataset);
  const columns = [{ title: 'language' }, ...['words', 'training documents', 'test documents'].map(right)];
  const rows = languages.map(({ code, words, trainDocuments, testDocuments }) => [
    code,
    ...[words, trainDocuments, testDocuments].map(String),
  ]);
  const table = formatTable(columns, rows, textStyle(terminal));
  const common = languages.flatMap(({ code, tooCommon, trainDocuments }) =>
    tooCommon === undefined || tooCommon.count === 0 ? [] : [formatCommonWords(code, tooCommon, trainDocuments)],
  );
  const reached = languages.map(
    ({ code, dictionaryCoverage: { runningShare, vocabularyShare } }) =>
      `${code} ${formatShare(vocabularyShare)} of words, ${formatShare(runningShare)} of running words`,
  );
  return [
    `${table}\n`,
    ...common.map((line) => `${line}\n`),
    `Dictionary pairs: ${dictionaryPairs}`,
    ...(dictionaryPairs > 0 ? [`They reach:       ${reached.join('; ')}`] : []),
    `Dataset folder:   ${folder}`,
    `Next:             xtm run --dataset ${folder}`,
  ].join('\n');
}

function formatCommonWords(
  code: string,
  { count, words, maxDocumentFrequency }: CommonWords,
  documents: number,
): string {
  const shown = words.map(({ word, documents: frequency }) => `${word} (${frequency} of ${documents})`).join(', ');
  const more = count > words.length ? ` and ${count - words.length} more` : '';
  return `Dropped in ${code}, being in more than ${formatShare(maxDocumentFrequency)} of documents: ` +
    `${shown}${more}. --keep-words puts words back.`;
}

function formatShare(share: number): string {
  return `${Math.round(share * 100)}%`;
}
