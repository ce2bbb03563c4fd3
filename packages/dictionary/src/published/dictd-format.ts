import { existsSync } from 'node:fs';
import { DataFormatError } from '@xtm/contracts';
import { readWordFile } from '../lists/word-files';
import {
  type DictionaryEntry,
  type DictionarySource,
  languagesByName,
  type OpenedDictionary,
} from './dictionary-entry';

/** The two files of a dictionary for dictd servers. */
interface DictdFiles {
  /** Headword, offset and length, a tab between, a line each. */
  readonly index: string;
  /** The articles, one after the other. */
  readonly articles: string;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function isDictdFile(file: string): boolean {
  return /\.(index|dict|dict\.dz)$/.test(file);
}

/**
 * FreeDict's dictionaries as dictd reads them: `NAME.index` beside `NAME.dict.dz`, either of which may be given. An
 * article is a line with headwords, pronunciations and grammar, then its senses, whose first line has the
 * translations; what follows are notes, examples and definitions in the language of the headword.
 *
 * @throws MissingFileError, DataFormatError
 */
export async function openDictd(source: Omit<DictionarySource, 'text'>): Promise<OpenedDictionary> {
  const { index, articles } = filesOf(source.file);
  const [places, content] = [new TextDecoder().decode(await readWordFile(index)), await readWordFile(articles)];
  return {
    languages: languagesByName({ ...source, text: '' }),
    entries: dictdEntries(places, index, content),
    // A definition that is mistaken for a translation is in the other language's script, where there are two.
    collect: { glosses: true, separators: /[;；,，、]/, sameScript: true },
  };
}

function filesOf(file: string): DictdFiles {
  const name = file.replace(/\.(index|dict|dict\.dz)$/, '');
  return { index: `${name}.index`, articles: existsSync(`${name}.dict.dz`) ? `${name}.dict.dz` : `${name}.dict` };
}

function* dictdEntries(index: string, file: string, content: Uint8Array): Iterable<DictionaryEntry> {
  const seen = new Set<number>();
  const decoder = new TextDecoder();
  for (const [position, line] of index.split('\n').entries()) {
    if (line === '') continue;
    const [headword, offset, length] = line.split('\t');
    const [start, size] = [parseNumber(offset), parseNumber(length)];
    if (start === undefined || size === undefined)
      throw new DataFormatError('is no line of headword, offset and length', { file, line: position + 1 });
    if (start + size > content.length)
      throw new DataFormatError(
        'points behind the end of the articles',
        { file, line: position + 1 },
        { advice: 'Check that both files are of the same version, and whole.' },
      );
    // Words that are written in several ways point to the same article; articles about the dictionary are called so.
    if (headword!.startsWith('00database') || seen.has(start)) continue;
    seen.add(start);
    yield* articleEntries(decoder.decode(content.subarray(start, start + size)));
  }
}

/** Numbers are written in base 64 with the digits of MIME, the most significant first. */
function parseNumber(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  let value = 0;
  for (const character of text) {
    const digit = DIGITS.indexOf(character);
    if (digit < 0) return undefined;
    value = value * 64 + digit;
  }
  return value;
}

const PRONUNCIATION = /\s\/+[^/]+\/+/g;
/** Has commas, which otherwise part headwords: `<neut, n, sg>`. */
const GRAMMAR = /<[^>]*>|\([^)]*\)/g;
const SENSE_NUMBER = /^ *\d+\. */;

/** Notes and references to other articles, and quoted examples. */
const REMARK = /^\s*(Note|Synonyms?|Antonyms?|see|See also|Usage|Etymology)\b.*: ?|^\s*"/;

function* articleEntries(article: string): Iterable<DictionaryEntry> {
  const [head = '', ...lines] = article.split('\n');
  const words = head.replace(PRONUNCIATION, ' ').replace(GRAMMAR, '').split(/[,;，、]/);
  let open = true;
  for (const line of lines) {
    if (SENSE_NUMBER.test(line)) open = true;
    const text = line
      .replace(SENSE_NUMBER, '')
      .replace(/\([^()]*(\([^()]*\)[^()]*)*\)|\{[^}]*\}|\[[^\]]*\]/g, '')
      .trim();
    if (!open || text === '' || REMARK.test(line)) continue;
    open = false;
    yield { words, glosses: [text] };
  }
}
