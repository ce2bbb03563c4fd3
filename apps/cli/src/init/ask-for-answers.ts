import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { isCancel, select, text } from '@clack/prompts';
import { AbortedError, XtmError } from '@xtm/contracts';
import { parseLanguages } from '@xtm/data';
import type { Terminal } from '../terminal/terminal';
import { proposeTopics } from './propose-topics';
import { REFINER_ANSWERS, type ProjectAnswers, type RefinerAnswer } from './project-answers';

const REFINER_HINTS: Readonly<Record<RefinerAnswer, string>> = {
  none: 'topics as trained',
  corpus: 'from the corpus itself: offline, quick',
  openai: 'by a language model, here or on a server',
};

/** Asks on the terminal for what is not known yet. Throws `AbortedError` when the user has had enough. */
export async function askForAnswers(known: Partial<ProjectAnswers>, input: Readable, { log, signal }: Terminal): Promise<Omit<ProjectAnswers, 'embedder'>> {
  const streams = { input, output: log as Terminal['log'] & NodeJS.WriteStream, signal };
  const ask = async (message: string, { initial, optional = false, check }: { initial?: string; optional?: boolean; check?: (value: string) => string | undefined } = {}): Promise<string> => {
    const required = (value = ''): string | undefined => (value === '' && !optional && initial === undefined ? 'Please say something.' : value === '' ? undefined : check?.(value));
    const answer = await text({ ...streams, message, defaultValue: initial ?? '', ...(initial !== undefined && { placeholder: initial }), validate: required });
    if (isCancel(answer)) throw new AbortedError('the questions');
    return answer.trim();
  };
  const name = known.name ?? (await ask('What is the project called?', { initial: 'topics' }));
  const documents = known.documents ?? (await askForDocuments(ask));
  const hasTables = documents.some(({ path }) => /\.(csv|tsv|jsonl|ndjson|parquet)$/i.test(path));
  const textColumn = known.textColumn ?? (hasTables ? await ask('Which column holds the text?', { initial: 'text' }) : undefined);
  const labelColumn = known.labelColumn ?? (hasTables ? emptyToNone(await ask('Which column holds a label, if one does?', { optional: true })) : undefined);
  const dictionary = known.dictionary ?? emptyToNone(await ask('Dictionary file, pairs of words, one a line? (may be empty: one can be fetched or made)', { optional: true, check: checkFile }));
  const description = known.description ?? emptyToNone(await ask('What are the documents, in a few words? (may be empty)', { optional: true }));
  const numTopics = known.numTopics ?? Number(await ask('How many topics?', { initial: String(await proposeTopics({ documents, textColumn })), check: checkNumber }));
  const refiner = known.refiner ?? (await askForRefiner(streams));
  return { name, documents, textColumn, labelColumn, dictionary, description, numTopics, refiner };
}

async function askForDocuments(ask: (message: string, options: { initial?: string; check: (value: string) => string | undefined }) => Promise<string>): Promise<ProjectAnswers['documents']> {
  const codes = parseLanguages(await ask('Which two languages? BCP-47 codes, parted by a comma', { initial: 'en,zh-Hans', check: checkLanguageList })).map(({ code }) => code);
  const documents: { language: string; path: string }[] = [];
  for (const language of codes) documents.push({ language, path: await ask(`Where are the documents in ${language}? (a file, or a folder of .txt)`, { check: checkFile }) });
  return documents;
}

async function askForRefiner(streams: Pick<Parameters<typeof text>[0], 'input' | 'output' | 'signal'>): Promise<RefinerAnswer> {
  const options = REFINER_ANSWERS.map((value) => ({ value, label: value, hint: REFINER_HINTS[value] }));
  const answer = await select<RefinerAnswer>({ ...streams, message: 'Refine the topics\' words after training?', options, initialValue: 'none' });
  if (isCancel(answer)) throw new AbortedError('the questions');
  return answer;
}

function checkFile(path: string): string | undefined {
  return existsSync(path) ? undefined : `There is no ${path}.`;
}

function checkNumber(value: string): string | undefined {
  return Number.isInteger(Number(value)) && Number(value) >= 2 ? undefined : 'A whole number of at least 2, please.';
}

function checkLanguageList(value: string): string | undefined {
  try {
    parseLanguages(value);
    return undefined;
  } catch (error) {
    if (error instanceof XtmError) return error.message;
    throw error;
  }
}

function emptyToNone(text: string): string | undefined {
  return text === '' ? undefined : text;
}
