import { DataFormatError, InvalidOptionError } from '@xtm/contracts';
import { CsvError, parse } from 'csv-parse/sync';
import { canonicalCode, languageName, languageOf, type LanguagePair } from '../lists/language-codes';
import { scriptFit } from '../lists/scripts';
import { type DictionaryEntry, type DictionarySource, languagesByName, type OpenedDictionary } from './dictionary-entry';

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
 * A table with a column for each language: CSV, TSV, or words with white space between. Which column is which is what the
 * user says, else what a header says (codes or English names of the languages), else what the scripts
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
  if (delimiter === ' ') return text.split(/\r?\n/).filter((line) => line.trim() !== '').map((line) => line.trim().split(/\s+/));
  try {
    return parse(text, { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as CsvError & { readonly lines?: number };
    throw new DataFormatError(`broken record: ${error.message}`, { file, ...(lines !== undefined && { line: lines }) }, { cause: error });
  }
}

/** The first that nearly every line has. */
function findDelimiter(text: string): Delimiter {
  const lines = text.split(/\r?\n/, SAMPLE_LINES).filter((line) => line.trim() !== '');
  return (['\t', ',', ';'] as const).find((delimiter) => lines.filter((line) => line.includes(delimiter)).length >= 0.9 * lines.length) ?? ' ';
}

function namedLayout(rows: readonly (readonly string[])[], columns: readonly [string, string]): Layout {
  const titles = rows[0] ?? [];
  const numbers = columns.map(Number);
  if (numbers.every((number) => Number.isInteger(number) && number >= 1 && number <= titles.length)) return { places: [numbers[0]! - 1, numbers[1]! - 1], header: false };
  const places = columns.map((name) => titles.findIndex((title) => title.toLowerCase() === name.toLowerCase()));
  if (places[0]! >= 0 && places[1]! >= 0) return { places: [places[0]!, places[1]!], header: true };
  const missing = columns.find((_, index) => places[index]! < 0);
  throw new InvalidOptionError('columns', columns.join(','), `there is no column ${missing}`, { advice: `The first line has ${titles.join(', ')}; a column's number does too.` });
}

function findLayout(rows: readonly (readonly string[])[], languages: LanguagePair): Layout {
  const titles = rows[0] ?? [];
  const titled = languages.map((code) => titles.findIndex((title) => meansLanguage(title, code)));
  if (titled[0]! >= 0 && titled[1]! >= 0) return { places: [titled[0]!, titled[1]!], header: true };
  const width = Math.max(...rows.slice(0, SAMPLE_LINES).map(({ length }) => length), 0);
  if (width !== 2) {
    throw new InvalidOptionError('columns', undefined, `cannot tell which of ${width} columns hold the words`, { advice: `Name them, or give their numbers, in the order of the languages: --columns 1,2. The first line has ${titles.join(', ')}.` });
  }
  const wordsOf = (column: number): string[] => rows.map((row) => row[column] ?? '');
  const { asGiven, turned } = scriptFit([wordsOf(0), wordsOf(1)], languages);
  return { places: turned > asGiven + FIT_MARGIN ? [1, 0] : [0, 1], header: false };
}

/** Whether a column's title is the code or the English name of a language. */
function meansLanguage(title: string, code: string): boolean {
  const name = title.trim().toLowerCase();
  const names = [code, languageOf(code), languageName(code), languageName(languageOf(code))].map((text) => text.toLowerCase());
  return names.includes(name) || (/^[a-z]{2,3}$/.test(name) && canonicalCode(name) === languageOf(code));
}
