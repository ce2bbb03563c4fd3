import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { InvalidOptionError, MissingFileError } from '@xtm/contracts';
import {
  adviceOnDictionary,
  describeDataset,
  type DocumentColumns,
  parseLanguages,
  prepareCorpus,
  type PrepareOptions,
  prepareSchema,
  readPrepareOptions,
  writeDataset,
} from '@xtm/data';
import { formatDataset } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { collectText } from '../settings/parse-value';
import { readPreparePlan } from '../settings/project-file';
import { addFieldFlags } from '../settings/setting-flags';
import { withProgress } from '../terminal/progress-display';
import { note, pastablePath, print, printJson, shortPath, textStyle, type Terminal, withFlags } from '../terminal/terminal';

/** Options that a flag says as the library takes them. */
const FIELDS = prepareSchema.pick({
  name: true,
  description: true,
  dictionary: true,
  segmenter: true,
  keepWords: true,
  minDocumentFrequency: true,
  maxDocumentFrequency: true,
  vocabularySize: true,
  testFraction: true,
  seed: true,
}).shape;

const COLUMNS = ['text', 'language', 'label', 'id', 'date', 'split'] as const;

interface PrepareFlags
  extends Partial<Pick<PrepareOptions, keyof typeof FIELDS>>,
    Partial<Readonly<Record<`${(typeof COLUMNS)[number]}Column`, string>>> {
  readonly out?: string;
  readonly documents?: readonly string[];
  readonly languages?: string;
  readonly stopWords?: boolean | 'moderate' | 'broad' | 'none';
  readonly replace?: boolean;
  readonly json?: boolean;
}

const EXAMPLE = `
Examples:
  xtm prepare xtm.yaml
  xtm prepare corpus.json --out data/reviews
  xtm prepare --documents en=english.csv --documents zh-Hans=chinese.csv --text-column review --out data/reviews`;

export function registerPrepare(program: Command, terminal: Terminal): void {
  const command = addCommand(program, 'prepare', {
    description: 'make a dataset folder of raw texts: words, vocabulary, bags of words, training and test documents',
    args: [['[file]', 'file that says all of this: YAML of "xtm init", or a corpus file in JSON; flags win']],
    flags: {
      'out <folder>': 'dataset folder to write, which names the dataset (default: as the YAML file says)',
      'documents <language=file>': ['texts of one language, once per language, or of all: file alone', collectText],
      'languages <list>': 'BCP-47 codes, with the file suffix where that differs: en,zh-Hans:cn',
      'text-column <name>': 'column that holds the text (default text)',
      'language-column <name>': 'column that holds the language, for files of all languages',
      'label-column <name>': 'column that holds the label (default label)',
      'id-column <name>': 'column that holds the id (default id)',
      'date-column <name>': 'column that holds the date (default date)',
      'split-column <name>': 'column that says train, validation (trained on) or test (default split)',
      'stop-words <list>': ['standard stop words to drop (default moderate)', ['moderate', 'broad', 'none']],
      'no-stop-words': 'keep the standard stop words',
      replace: 'replace a dataset folder that is there',
      json: 'print JSON',
    },
    more: EXAMPLE,
  });
  addFieldFlags(command, FIELDS).action((file: string | undefined, flags: PrepareFlags) =>
    prepare(file, flags, terminal),
  );
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
  const facts = describeDataset(dataset);
  if (flags.json) return printJson(terminal, { folder: out, ...facts });
  const folder = shortPath(out);
  const ending = `Dataset folder:   ${folder}\nNext:             xtm run --dataset ${folder}`;
  print(terminal, `${withFlags(formatDataset(facts, textStyle(terminal)))}\n${ending}`);
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
  const folderName = flags.documents === undefined ? undefined : out.split(/[\\/]/).filter(Boolean).at(-1);
  const said = (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).map((field) => [field, flags[field]] as const);
  const given = Object.fromEntries(said.filter(([, value]) => value !== undefined));
  return {
    ...(folderName !== undefined && { name: folderName }),
    ...given,
    // Commander says true where neither --stop-words nor --no-stop-words is given.
    ...(flags.stopWords !== undefined && flags.stopWords !== true && { stopWords: flags.stopWords }),
    ...documentsOf(flags),
  };
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
  const named = COLUMNS.map((meaning) => [meaning, flags[`${meaning}Column`]] as const);
  return Object.fromEntries(named.filter(([, column]) => column !== undefined));
}
