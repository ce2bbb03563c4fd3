import { CsvError, parse } from 'csv-parse/sync';
import { DataFormatError, InvalidOptionError } from '@xtm/contracts';
import {
  canonicalCode,
  languageName,
  languageOf,
  type LanguagePair,
  likelyScript,
  scriptFit,
} from '../lists/languages';
import {
  type DictionaryEntry,
  type DictionarySource,
  languagesByName,
  languagesFrom,
  type OpenedDictionary,
} from './dictionary-entry';

/** `傳統 传统 [chuan2 tong3] /tradition/traditional/`; the second version of the format doubles the brackets. */
const CEDICT_LINE = /^(\S+) (\S+) \[{1,2}[^\]]*\]{1,2} \/(.*)\/\s*$/;

/** `回帰 [かいき] /(n,vs) (1) return (to)/(P)/`; EDICT2 has several words and readings, parted by semicolons. */
const EDICT_LINE = /^(\S+) (?:\[([^\]]+)\] )?\/(.*)\/\s*$/;

/** A measure word, which is part of no meaning: `CL:個|个[ge4]`. */
const MEASURE_WORD = /^CL:/;

/** Number of the entry in EDICT2, and the mark of common words. */
const EDICT_MARKS = /^(EntL\w*|\(P\))$/;

const USUALLY_KANA = /\(uk\)/;

export function isCedictLine(line: string): boolean {
  return CEDICT_LINE.test(line);
}

export function isEdictLine(line: string): boolean {
  return EDICT_LINE.test(line);
}

/** CC-CEDICT: Chinese to English, in the way of writing that the language's code says. */
export function openCedict(source: DictionarySource): OpenedDictionary {
  const languages = languagesFrom(source, 'zh-Hans', 'en');
  const column = likelyScript(languages[0]) === 'Hant' ? 1 : 2;
  return { languages, entries: cedictEntries(source.text, column), collect: { glosses: true } };
}

function* cedictEntries(text: string, column: 1 | 2): Iterable<DictionaryEntry> {
  for (const line of linesOf(text)) {
    const fields = CEDICT_LINE.exec(line);
    if (fields === null) continue;
    yield { words: [fields[column]!], glosses: fields[3]!.split('/').filter((gloss) => !MEASURE_WORD.test(gloss)) };
  }
}

/** EDICT and EDICT2: Japanese to English. */
export function openEdict(source: DictionarySource): OpenedDictionary {
  return {
    languages: languagesFrom(source, 'ja', 'en'),
    entries: edictEntries(source.text, source.readings),
    collect: { glosses: true },
  };
}

function* edictEntries(text: string, withReadings: boolean): Iterable<DictionaryEntry> {
  for (const line of linesOf(text)) {
    const fields = EDICT_LINE.exec(line);
    // The first line is a title, whose word is of question marks.
    if (fields === null || /^[\s?？]+$/.test(fields[1]!)) continue;
    const glosses = fields[3]!.split('/').filter((gloss) => !EDICT_MARKS.test(gloss));
    const readings =
      fields[2] !== undefined && (withReadings || USUALLY_KANA.test(fields[3]!)) ? fields[2].split(';') : [];
    yield { words: [...fields[1]!.split(';'), ...readings], glosses };
  }
}

/** One by one: these files have hundreds of thousands. */
function* linesOf(text: string): Iterable<string> {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
    if (line !== '' && !line.startsWith('#')) yield line;
    start = end + 1;
  }
}

/** What parts the cells of a line; white space is that of word lists such as MUSE's. */
type Delimiter = '\t' | ',' | ';' | ' ';

/** Lines that are looked at to find the delimiter. */
const SAMPLE_LINES = 200;

/** So much better must the words of two columns fit the languages' scripts the other way round for it to count. */
const FIT_MARGIN = 0.1;

/** Position of the columns that hold the words of the languages, and whether the first line is a header. */
interface Layout {
  readonly places: readonly [number, number];
  readonly header: boolean;
}

/**
 * A table with a column for each language: CSV, TSV, or words with white space between. Which column is which is what
 * the user says, else what a header says (codes or English names of the languages), else what the scripts
 * of the words say, else the order of the languages.
 *
 * @throws InvalidOptionError, DataFormatError
 */
export function openTable(source: DictionarySource): OpenedDictionary {
  const rows = rowsOf(source.text, source.file);
  const languages = languagesByName(source);
  const layout = source.columns === undefined ? findLayout(rows, languages) : namedLayout(rows, source.columns);
  return { languages, entries: tableEntries(rows, layout), collect: { glosses: true, separators: /[;；|]/ } };
}

function* tableEntries(rows: readonly (readonly string[])[], { places, header }: Layout): Iterable<DictionaryEntry> {
  for (const row of header ? rows.slice(1) : rows) {
    const [first, second] = [row[places[0]], row[places[1]]];
    if (first !== undefined && second !== undefined) yield { words: [first], glosses: [second] };
  }
}

function rowsOf(text: string, file: string): string[][] {
  const delimiter = findDelimiter(text);
  if (delimiter === ' ')
    return text
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .map((line) => line.trim().split(/\s+/));
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as CsvError & { readonly lines?: number };
    throw new DataFormatError(
      `broken record: ${error.message}`,
      { file, ...(lines !== undefined && { line: lines }) },
      { cause: error },
    );
  }
}

/** The first that nearly every line has. */
function findDelimiter(text: string): Delimiter {
  const lines = text.split(/\r?\n/, SAMPLE_LINES).filter((line) => line.trim() !== '');
  return (
    (['\t', ',', ';'] as const).find(
      (delimiter) => lines.filter((line) => line.includes(delimiter)).length >= 0.9 * lines.length,
    ) ?? ' '
  );
}

function namedLayout(rows: readonly (readonly string[])[], columns: readonly [string, string]): Layout {
  const titles = rows[0] ?? [];
  const numbers = columns.map(Number);
  if (numbers.every((number) => Number.isInteger(number) && number >= 1 && number <= titles.length))
    return { places: [numbers[0]! - 1, numbers[1]! - 1], header: false };
  const places = columns.map((name) => titles.findIndex((title) => title.toLowerCase() === name.toLowerCase()));
  if (places[0]! >= 0 && places[1]! >= 0) return { places: [places[0]!, places[1]!], header: true };
  const missing = columns.find((_, index) => places[index]! < 0);
  throw new InvalidOptionError('columns', columns.join(','), `there is no column ${missing}`, {
    advice: `The first line has ${titles.join(', ')}; a column's number does too.`,
  });
}

function findLayout(rows: readonly (readonly string[])[], languages: LanguagePair): Layout {
  const titles = rows[0] ?? [];
  const titled = languages.map((code) => titles.findIndex((title) => meansLanguage(title, code)));
  if (titled[0]! >= 0 && titled[1]! >= 0) return { places: [titled[0]!, titled[1]!], header: true };
  const width = Math.max(...rows.slice(0, SAMPLE_LINES).map(({ length }) => length), 0);
  if (width !== 2) {
    throw new InvalidOptionError('columns', undefined, `cannot tell which of ${width} columns hold the words`, {
      advice: 'Name them, or give their numbers, in the order of the languages: `columns` 1,2. The first line has ' +
        `${titles.join(', ')}.`,
    });
  }
  const wordsOf = (column: number): string[] => rows.map((row) => row[column] ?? '');
  const { asGiven, turned } = scriptFit([wordsOf(0), wordsOf(1)], languages);
  return { places: turned > asGiven + FIT_MARGIN ? [1, 0] : [0, 1], header: false };
}

/** Whether a column's title is the code or the English name of a language. */
function meansLanguage(title: string, code: string): boolean {
  const name = title.trim().toLowerCase();
  const names = [code, languageOf(code), languageName(code), languageName(languageOf(code))].map((text) =>
    text.toLowerCase(),
  );
  return names.includes(name) || (/^[a-z]{2,3}$/.test(name) && canonicalCode(name) === languageOf(code));
}
