import { existsSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { InvalidOptionError } from '@xtm/contracts';
import { parseLanguages } from '@xtm/data';
import { embedderNames } from '@xtm/embedder';
import { writeAtomically } from '@xtm/pipeline';
import { askForAnswers } from '../init/ask-for-answers';
import { type EmbedderAnswer, REFINER_ANSWERS, type ProjectAnswers, type RefinerAnswer } from '../init/project-answers';
import { proposeLinks } from '../init/propose-links';
import { projectTemplate } from '../init/project-template';
import { isSmall, proposeTopics } from '../init/propose-topics';
import { collectPair, collectText, parseNumber, splitAssignment } from '../settings/parse-value';
import { pastablePath } from '../terminal/short-path';
import { print, type Terminal } from '../terminal/terminal';

interface InitFlags {
  readonly name?: string;
  readonly description?: string;
  readonly documents?: readonly string[];
  readonly textColumn?: string;
  readonly labelColumn?: string;
  readonly dictionary?: string;
  readonly embedder?: string;
  readonly embedderOption?: Readonly<Record<string, unknown>>;
  readonly numTopics?: number;
  readonly refiner?: RefinerAnswer;
  readonly replace?: boolean;
}

const EXAMPLE = `
Asks for what flags do not say, on a terminal; elsewhere --documents must be there, and the rest has defaults.

Examples:
  xtm init
  xtm init reviews.yaml --documents en=english.csv --documents zh-Hans=chinese.csv --text-column review --dictionary dict.txt`;

export function registerInit(program: Command, terminal: Terminal): void {
  program
    .command('init')
    .description('write a commented YAML file for your own texts, which "prepare" and "run" read')
    .argument('[file]', 'file to write', 'xtm.yaml')
    .option('--name <name>', 'name of the project')
    .option('--description <text>', 'one line on what the documents are')
    .option('--documents <language=file>', 'texts of one language; once a language', collectText)
    .option('--text-column <name>', 'column that holds the text')
    .option('--label-column <name>', 'column that holds a label')
    .option('--dictionary <file>', 'translation pairs, one per line; it need not be there yet (default: one that "xtm dictionary" fetches or makes)')
    .addOption(new Option('--embedder <name>', 'what documents\' vectors come from (default aligned: their words and a dictionary)').choices(embedderNames))
    .option('--embedder-option <name=value>', 'an option of the embedder, such as folder=e5; may be given several times', collectPair('embedderOption'))
    .option('--num-topics <number>', 'topics to find (default: by the number of documents)', parseNumber('numTopics'))
    .addOption(new Option('--refiner <name>', 'what refines topics\' words after training (default none)').choices(REFINER_ANSWERS))
    .option('--replace', 'replace a file that is there')
    .addHelpText('after', EXAMPLE)
    .action(async (file: string, flags: InitFlags) => init(file, flags, terminal));
}

async function init(file: string, flags: InitFlags, terminal: Terminal): Promise<void> {
  if (existsSync(file) && !flags.replace) throw new InvalidOptionError('file', file, `${file} is there already`, { advice: 'Name another file, or replace it with --replace.' });
  const { replace: _replace, embedder, embedderOption, ...said } = flags;
  const known = { ...said, documents: flags.documents && parseDocuments(flags.documents) };
  const answers = terminal.in?.isTTY === true && terminal.log.isTTY === true ? await askForAnswers(known, terminal.in, terminal) : await withDefaults(known, file);
  const chosen = embedder === undefined ? undefined : { name: embedder, ...(embedderOption && { options: embedderOption }) };
  const links = await proposeLinks({ ...answers, embedder: chosen }, file, terminal.environment);
  const steps = [...links.steps, `xtm prepare ${pastablePath(file)}`, `xtm run --config ${pastablePath(file)}`];
  writeAtomically(file, projectTemplate(placed({ ...answers, ...links }, file), steps, isSmall(answers.documents)));
  print(terminal, `${file} is written: ${links.reason}. Look at it, then:\n${steps.map((step) => `  ${step}`).join('\n')}`);
}

/** The answers with paths relative to the file. */
function placed({ documents, dictionary, embedder, ...answers }: ProjectAnswers, file: string): ProjectAnswers {
  const place = (path: string): string => relative(dirname(resolve(file)), resolve(path)).replaceAll('\\', '/');
  const { folder } = embedder.options ?? {};
  const options = typeof folder === 'string' ? { ...embedder.options, folder: place(folder) } : embedder.options;
  return {
    ...answers,
    documents: documents.map(({ language, path }) => ({ language, path: place(path) })),
    ...(dictionary !== undefined && { dictionary: place(dictionary) }),
    embedder: { ...embedder, ...(options && { options }) } satisfies EmbedderAnswer,
  };
}

function parseDocuments(texts: readonly string[]): ProjectAnswers['documents'] {
  const documents = texts.map((text) => {
    const [code, path] = splitAssignment('documents', text);
    return { code, path };
  });
  const languages = parseLanguages(documents.map(({ code }) => code).join(','));
  return documents.map(({ path }, index) => ({ language: languages[index]!.code, path }));
}

async function withDefaults(known: Partial<ProjectAnswers>, file: string): Promise<Omit<ProjectAnswers, 'embedder'>> {
  if (known.documents === undefined) throw new InvalidOptionError('documents', undefined, 'which documents?', { advice: 'Name them, once a language: --documents en=english.csv --documents zh-Hans=chinese.csv' });
  const numTopics = known.numTopics ?? (await proposeTopics({ ...known, documents: known.documents }));
  return { ...known, documents: known.documents, name: known.name ?? basename(file).replace(/\.\w+$/, ''), numTopics, refiner: known.refiner ?? 'none' };
}
