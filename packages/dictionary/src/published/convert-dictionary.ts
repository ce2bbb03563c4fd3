import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { AbortedError, DataFormatError, EmptyCorpusError, parseOptions, type RunOptions } from '@xtm/contracts';
import { canonicalCode, type LanguagePair } from '../lists/languages';
import { decodeWords, type OlderEncoding, readWordFile } from '../lists/word-files';
import { type LeftOut, reverseWordList, WordCollector, type WordList } from '../lists/word-list';
import { isDictdFile, openDictd } from './dictd-format';
import type { DictionarySource, OpenedDictionary } from './dictionary-entry';
import { isCedictLine, isEdictLine, openCedict, openEdict, openTable } from './text-formats';
import { openJmdict, openTei } from './xml-formats';

/** Formats that dictionaries are published in, with what to call them and the terms they come with. */
export const dictionaryFormats = {
  cedict: { title: 'CC-CEDICT', licence: 'CC BY-SA 4.0, as CC-CEDICT states' },
  jmdict: {
    title: 'JMdict (XML)',
    licence: 'CC BY-SA 4.0, as the Electronic Dictionary Research and Development Group states',
  },
  edict: {
    title: 'EDICT or EDICT2',
    licence: 'CC BY-SA 4.0, as the Electronic Dictionary Research and Development Group states',
  },
  tei: { title: 'TEI (XML), as FreeDict has it', licence: 'its own; the header of the file has it' },
  dictd: { title: 'dictd (.index and .dict.dz)', licence: 'its own; the article 00databaseinfo has it' },
  table: { title: 'a table of words', licence: 'that of its source' },
} as const;

export type DictionaryFormat = keyof typeof dictionaryFormats;

/** What {@link ConvertDictionaryOptions} may be; fields say what they are. */
export const convertDictionarySchema = z.strictObject({
  format: z.enum(Object.keys(dictionaryFormats) as [DictionaryFormat, ...DictionaryFormat[]]).optional().meta({
    description: 'its format',
    defaultText: 'found out',
  }),
  languages: z.tuple([z.string(), z.string()]).optional(),
  readings: z
    .boolean()
    .default(false)
    .describe('take the kana readings too of Japanese words usually written with Chinese characters'),
  columns: z
    .tuple([z.string(), z.string()], { error: 'must name two columns' })
    .optional()
    .meta({
      description: 'columns of a table that hold the words: titles or numbers, in that order',
      placeholder: 'first,second',
    }),
});

/** How a published dictionary is read. */
export interface ConvertDictionaryOptions {
  /** By default what its content and name say. */
  readonly format?: DictionaryFormat;
  /**
   * BCP-47 codes, in the order that the list is to have; zh-Hans and zh-Hant say which way of writing is taken. By
   * default those of the format or of the file's name, the words that are looked up first.
   */
  readonly languages?: LanguagePair;
  /**
   * Whether the readings of Japanese words count that are usually written with Chinese characters. Default false: many
   * words share them.
   */
  readonly readings?: boolean;
  /** Columns of a table that hold the words, in the order of the languages: titles, or numbers from 1 on. */
  readonly columns?: readonly [string, string];
}

/** A word list made of a published dictionary, and what became of what was read. */
export interface ConvertedDictionary {
  readonly list: WordList;
  readonly format: DictionaryFormat;
  readonly entries: number;
  /** Glosses of all entries, before they are split and cleaned. */
  readonly glosses: number;
  readonly leftOut: LeftOut;
}

/**
 * Reads a published dictionary as pairs of single words. Senses are split; parentheses, parts of speech and leading
 * articles or marks of the infinitive go; words get the form that a tokenizer gives them; what has several words is
 * left out and counted.
 *
 * @throws MissingFileError, DataFormatError, InvalidOptionError, AbortedError, EmptyCorpusError if no pair is left
 */
export async function convertDictionary(
  file: string,
  options: ConvertDictionaryOptions = {},
  { signal }: RunOptions = {},
): Promise<ConvertedDictionary> {
  const { format: asked, ...rest } = parseOptions(convertDictionarySchema, options);
  const named = namedLanguages(file);
  const source = { file, ...rest, ...(named && { named }) };
  const { format, opened } = await open(source, asked);
  const collector = new WordCollector(opened.languages, opened.collect);
  let [entries, glosses] = [0, 0];
  for (const entry of opened.entries) {
    entries += 1;
    glosses += entry.glosses.length;
    collector.add(entry.words, entry.glosses);
    if (entries % PAUSE === 0) await pause(signal);
  }
  const built = collector.build();
  const { leftOut } = collector;
  if (built.translations.length === 0) {
    throw new EmptyCorpusError(
      `${file}: none of its ${entries} entries is a pair of words, read as ${dictionaryFormats[format].title}`,
      { advice: 'Name its format with `format` if it is another one.' },
    );
  }
  const turned = rest.languages !== undefined && rest.languages[0] !== opened.languages[0];
  return { list: turned ? reverseWordList(built) : built, format, entries, glosses, leftOut };
}

/**
 * Entries after which others get their turn: the largest dictionaries take half a minute, in which Ctrl-C must be
 * heard.
 */
const PAUSE = 5_000;

async function pause(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  if (signal?.aborted === true) throw new AbortedError('reading the dictionary', { cause: signal.reason });
}

async function open(
  source: Omit<DictionarySource, 'text'>,
  asked: DictionaryFormat | undefined,
): Promise<{ readonly format: DictionaryFormat; readonly opened: OpenedDictionary }> {
  if (asked === 'dictd' || (asked === undefined && isDictdFile(source.file)))
    return { format: 'dictd', opened: await openDictd(source) };
  const text = decodeDictionary(await readWordFile(source.file), source.file);
  const format = asked ?? detectFormat(text);
  if (asked === undefined && format === 'table' && /^\s*</.test(text))
    throw new DataFormatError(
      /<html/i.test(text.slice(0, HEAD)) ? 'is a web page, no dictionary' : 'is XML, but neither JMdict nor TEI',
      { file: source.file, line: 1 },
    );
  return { format, opened: OPENERS[format]({ ...source, text }) };
}

const OPENERS: Readonly<Record<Exclude<DictionaryFormat, 'dictd'>, (source: DictionarySource) => OpenedDictionary>> = {
  cedict: openCedict,
  jmdict: openJmdict,
  edict: openEdict,
  tei: openTei,
  table: openTable,
};

/** EDICT is published in EUC-JP; of other files that are not UTF-8 nobody knows what they are in. */
function decodeDictionary(bytes: Uint8Array, file: string): string {
  const older: OlderEncoding[] = ['euc-jp'];
  const { text, encoding } = decodeWords(bytes, file, older);
  return encoding === 'utf-8' || majority(text, isEdictLine) ? text : decodeWords(bytes, file).text;
}

/** Characters that are looked at to tell a format; the document type before JMdict's entries is long. */
const HEAD = 200_000;

/** The format of a text, `table` where it is none of the others. */
export function detectFormat(text: string): Exclude<DictionaryFormat, 'dictd'> {
  const start = text.slice(0, HEAD);
  if (/<JMdict[\s>]/.test(start)) return 'jmdict';
  if (/<TEI(\.2)?[\s>]/.test(start)) return 'tei';
  if (majority(start, isCedictLine)) return 'cedict';
  return majority(start, isEdictLine) ? 'edict' : 'table';
}

/** Whether most of the first lines, comments left aside, pass a test. */
function majority(text: string, test: (line: string) => boolean): boolean {
  const lines = text
    .slice(0, HEAD)
    .split(/\r?\n/, 1_000)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines.length > 0 && lines.filter(test).length > 0.5 * lines.length;
}

/** Codes of languages in a file's name, as `freedict-deu-eng.index` and `en-ja.txt` have them. */
function namedLanguages(file: string): LanguagePair | undefined {
  const codes = /(?:^|[-_.])([a-z]{2,3})-([a-z]{2,3})(?=\.|$)/.exec(basename(file))?.slice(1).map(canonicalCode);
  const [first, second] = codes ?? [];
  return first !== undefined && second !== undefined && first !== second ? [first, second] : undefined;
}
