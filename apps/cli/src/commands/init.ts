import { existsSync } from 'node:fs';
import { isCancel, select, text } from '@clack/prompts';
import type { Command } from 'commander';
import { AbortedError, InvalidOptionError, XtmError } from '@xtm/contracts';
import { parseLanguages } from '@xtm/data';
import { embedderNames } from '@xtm/embedder';
import {
  createProject,
  type KnownProject,
  type ProjectDocuments,
  type ProjectRefiner,
  projectRefiners,
  proposeNumTopics,
} from '@xtm/pipeline';
import { addCommand } from '../settings/add-command';
import { columnFields } from '../settings/column-flags';
import { collectText, splitAssignment } from '../settings/parse-value';
import { print, type Terminal } from '../terminal/terminal';

const EXAMPLE = `
Asks for what flags do not say, on a terminal; elsewhere --documents must be there, and the rest has defaults.

Examples:
  xtm init
  xtm init reviews.yaml --documents en=english.csv --documents zh-Hans=chinese.csv --text-column review`;

export function registerInit(program: Command, terminal: Terminal): void {
  addCommand(program, 'init', {
    description: 'write a commented YAML file for your own texts, which "prepare" and "run" read',
    args: [['[file]', 'file to write', 'xtm.yaml']],
    flags: {
      'name <name>': 'name of the project',
      'description <text>': 'one line on what the documents are',
      'documents <language=file>': ['texts of one language; once per language', collectText],
    },
    fields: columnFields('text', 'label'),
    ending: {
      'dictionary <file>': 'translation pairs; it need not be there yet: "xtm dictionary" makes one',
      'embedder <name>': ['what vectors come from (default aligned)', embedderNames],
      'embedder-option <name=value>': 'an option of the embedder, such as folder=e5',
      'num-topics <number>': 'topics to find (default: by the number of documents)',
      'refiner <name>': ['refiner of topics (default none)', projectRefiners],
      replace: 'replace a file that is there',
    },
    more: EXAMPLE,
  }).action(async ({ replace, embedder: name, embedderOption: options, documents, ...said }, file) => {
    if (existsSync(file) && !replace)
      throw new InvalidOptionError('file', file, `${file} is there already`, {
        advice: 'Name another file, or replace it with --replace.',
      });
    const embedder = name === undefined ? {} : { embedder: { name, ...(options && { options }) } };
    const known = { ...said, ...embedder, documents: documents && parseDocuments(documents) };
    const { reason, commands } = await createProject(file, await complete(known, terminal), terminal.environment);
    const next = commands.map((command) => `  ${command}`).join('\n');
    print(terminal, `${file} is written: ${reason}. Look at it, then:\n${next}`);
  });
}

/** What flags say, and answers where there is somebody to ask. */
async function complete(known: Partial<KnownProject>, terminal: Terminal): Promise<KnownProject> {
  if (terminal.in?.isTTY === true && terminal.log.isTTY === true) return new Questions(terminal).complete(known);
  if (known.documents !== undefined) return { ...known, documents: known.documents };
  throw new InvalidOptionError('documents', undefined, 'which documents?', {
    advice: 'Name them, once per language: --documents en=english.csv --documents zh-Hans=chinese.csv',
  });
}

function parseDocuments(texts: readonly string[]): ProjectDocuments[] {
  const pairs = texts.map((assignment) => splitAssignment('documents', assignment));
  const languages = parseLanguages(pairs.map(([code]) => code).join(','));
  return pairs.map(([, path], index) => ({ language: languages[index]!.code, path }));
}

const REFINER_HINTS: Readonly<Record<ProjectRefiner, string>> = {
  none: 'topics as trained',
  corpus: 'from the corpus itself: offline, quick',
  openai: 'by a language model, here or on a server',
};

interface Question {
  /** The answer to an empty line. */
  readonly initial?: string;
  readonly optional?: boolean;
  /** What is wrong with an answer. */
  readonly check?: (answer: string) => string | undefined;
}

/** Asks on the terminal for what is not known yet. Its methods throw `AbortedError` when the user has had enough. */
class Questions {
  readonly #streams: Pick<Parameters<typeof text>[0], 'input' | 'output' | 'signal'>;

  constructor({ in: input, log, signal }: Terminal) {
    this.#streams = { input, output: log as Terminal['log'] & NodeJS.WriteStream, signal };
  }

  async complete(known: Partial<KnownProject>): Promise<KnownProject> {
    const name = known.name ?? (await this.#ask('What is the project called?', { initial: 'topics' }));
    const documents = known.documents ?? (await this.#askForDocuments());
    const hasTables = documents.some(({ path }) => /\.(csv|tsv|jsonl|ndjson|parquet)$/i.test(path));
    const column = (question: string, rules: Question) => (hasTables ? this.#askOrSkip(question, rules) : undefined);
    const textColumn = known.textColumn ?? (await column('Which column holds the text?', { initial: 'text' }));
    const labelColumn = known.labelColumn ?? (await column('Which column holds a label, if one does?', {}));
    const dictionaryQuestion =
      'Dictionary file, pairs of words, one per line? (may be empty: one can be fetched or made)';
    const dictionary = known.dictionary ?? (await this.#askOrSkip(dictionaryQuestion, { check: checkFile }));
    const description =
      known.description ?? (await this.#askOrSkip('What are the documents, in a few words? (may be empty)'));
    const numTopics = known.numTopics ?? (await this.#askForNumber(await proposeNumTopics({ documents, textColumn })));
    const refiner = known.refiner ?? (await this.#askForRefiner());
    return { ...known, name, documents, textColumn, labelColumn, dictionary, description, numTopics, refiner };
  }

  async #ask(message: string, { initial, optional = false, check }: Question = {}): Promise<string> {
    const validate = (value = ''): string | undefined => {
      if (value !== '') return check?.(value);
      return optional || initial !== undefined ? undefined : 'Please say something.';
    };
    const placeholder = initial !== undefined && { placeholder: initial };
    const answer = await text({ ...this.#streams, message, defaultValue: initial ?? '', ...placeholder, validate });
    if (isCancel(answer)) throw new AbortedError('the questions');
    return answer.trim();
  }

  async #askOrSkip(message: string, question: Question = {}): Promise<string | undefined> {
    return (await this.#ask(message, { ...question, optional: true })) || undefined;
  }

  async #askForNumber(proposed: number): Promise<number> {
    return Number(await this.#ask('How many topics?', { initial: String(proposed), check: checkNumber }));
  }

  async #askForDocuments(): Promise<ProjectDocuments[]> {
    const question = 'Which two languages? BCP-47 codes, parted by a comma';
    const codes = parseLanguages(await this.#ask(question, { initial: 'en,zh-Hans', check: checkLanguages }));
    const documents: ProjectDocuments[] = [];
    for (const { code } of codes) {
      const where = `Where are the documents in ${code}? (a file, or a folder of .txt)`;
      documents.push({ language: code, path: await this.#ask(where, { check: checkFile }) });
    }
    return documents;
  }

  async #askForRefiner(): Promise<ProjectRefiner> {
    const options = projectRefiners.map((value) => ({ value, label: value, hint: REFINER_HINTS[value] }));
    const message = "Refine the topics' words after training?";
    const answer = await select<ProjectRefiner>({ ...this.#streams, message, options, initialValue: 'none' });
    if (isCancel(answer)) throw new AbortedError('the questions');
    return answer;
  }
}

function checkFile(path: string): string | undefined {
  return existsSync(path) ? undefined : `There is no ${path}.`;
}

function checkNumber(value: string): string | undefined {
  return Number.isInteger(Number(value)) && Number(value) >= 2 ? undefined : 'A whole number of at least 2, please.';
}

function checkLanguages(value: string): string | undefined {
  try {
    parseLanguages(value);
    return undefined;
  } catch (error) {
    if (error instanceof XtmError) return error.message;
    throw error;
  }
}
