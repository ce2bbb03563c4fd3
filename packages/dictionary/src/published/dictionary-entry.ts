import { InvalidOptionError } from '@xtm/contracts';
import { languageName, languageOf, type LanguagePair } from '../lists/languages';
import type { CollectOptions } from '../lists/word-list';

/** Words that an entry, or one sense of it, is about, and what it says that they mean; both as they stand. */
export interface DictionaryEntry {
  readonly words: readonly string[];
  readonly glosses: readonly string[];
}

/** A dictionary that was opened: its languages are known, its entries not yet read. */
export interface OpenedDictionary {
  /** Of the words and of the glosses, as BCP-47 codes. */
  readonly languages: LanguagePair;
  readonly entries: Iterable<DictionaryEntry>;
  readonly collect: CollectOptions;
}

/** What opens a dictionary; every format takes what it needs of it. */
export interface DictionarySource {
  readonly file: string;
  readonly text: string;
  /** The languages that the user named, in their order. */
  readonly languages?: LanguagePair;
  /** Languages that the file's name tells: `freedict-deu-eng.index`, `en-ja.txt`. */
  readonly named?: LanguagePair;
  /** Whether the readings of words with Chinese characters count too. */
  readonly readings: boolean;
  /** Names, or numbers from 1 on, of the columns that hold the words of the languages. */
  readonly columns?: readonly [string, string];
}

/**
 * The languages of a dictionary whose words are of a language that is known: the one of the two that a user named, as
 * it was named, and the other one.
 *
 * @param glosses the only language that its glosses are in, if it is one
 * @throws InvalidOptionError if none of the named ones is it
 */
export function languagesFrom(source: DictionarySource, word: string, glosses?: string): LanguagePair {
  const { languages, file } = source;
  if (languages === undefined) return [word, glosses ?? 'en'];
  const own = languages.find((code) => languageOf(code) === languageOf(word));
  const other = languages.find((code) => code !== own);
  const fits =
    own !== undefined && other !== undefined && (glosses === undefined || languageOf(other) === languageOf(glosses));
  if (fits) return [own, other];
  throw new InvalidOptionError(
    'languages',
    languages.join(','),
    `${file} is a dictionary of ` +
      `${languageName(languageOf(word))}${glosses === undefined ? '' : ` and ${languageName(glosses)}`}`,
    {
      advice: `Name its languages, for example \`languages\` ${glosses ?? 'en'},${word}.`,
    },
  );
}

/**
 * The languages of a dictionary that says nothing of them itself: as its file's name has them, in the user's
 * spelling, else in the user's order.
 *
 * @throws InvalidOptionError if they are not known, or not the ones that were named
 */
export function languagesByName({ file, languages, named }: DictionarySource): LanguagePair {
  if (languages === undefined) {
    if (named !== undefined) return named;
    throw new InvalidOptionError('languages', undefined, `${file} does not say which languages it is of`, {
      advice: 'Name them, that of the words to look up first: `languages` de,en.',
    });
  }
  if (named === undefined) return languages;
  const spelled = named.map((code) => languages.find((own) => languageOf(own) === languageOf(code)));
  if (spelled[0] !== undefined && spelled[1] !== undefined) return [spelled[0], spelled[1]];
  throw new InvalidOptionError(
    'languages',
    languages.join(','),
    `${file} is by its name a dictionary of ${named.map(languageName).join(' and ')}`,
    { advice: `Write \`languages\` ${named.join(',')}, or give the file another name.` },
  );
}
