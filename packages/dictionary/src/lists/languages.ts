import { InvalidOptionError } from '@xtm/contracts';
import { parseLanguages } from '@xtm/data';

/** Two BCP-47 codes, of the first and the second language. */
export type LanguagePair = readonly [string, string];

/**
 * Two languages as a user writes them: `en,zh-Hans` or `en-ja`. A hyphen may also part a code from its script or
 * region; of the ways to read it, the first counts whose languages are `known`, else the first in which both are
 * codes.
 *
 * @throws InvalidOptionError
 */
export function parseLanguagePair(text: string, known: (code: string) => boolean = () => true): LanguagePair {
  if (text.includes(',')) return twoLanguages(text);
  const parts = text.split(/[-_]/);
  const readings = parts.slice(1).flatMap((_, index) => {
    const codes = [parts.slice(0, index + 1), parts.slice(index + 1)].map((subtags) =>
      canonicalCode(subtags.join('-')),
    );
    return codes[0] === undefined || codes[1] === undefined ? [] : [[codes[0], codes[1]] as const];
  });
  const pair = readings.find((codes) => codes.every(known)) ?? readings[0];
  if (pair === undefined)
    throw new InvalidOptionError('languages', text, `cannot read "${text}" as two languages`, {
      advice: 'Write two BCP-47 codes, for example en-ja or en,zh-Hans.',
    });
  return refuseSame(pair, text);
}

/**
 * One language as a user writes it.
 *
 * @param option what it is said by, for the error
 * @throws InvalidOptionError for what is no BCP-47 code
 */
export function parseLanguageCode(text: string, option: string): string {
  try {
    return Intl.getCanonicalLocales(text.trim())[0]!;
  } catch (cause) {
    throw new InvalidOptionError(option, text, `"${text}" is not a BCP-47 language code`, { cause });
  }
}

/** The language itself, without script and region: `zh` of `zh-Hans`. */
export function languageOf(code: string): string {
  return new Intl.Locale(code).language;
}

/** The code in its canonical form, ISO 639's three-letter codes made two-letter ones; undefined if it is none. */
export function canonicalCode(code: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(code.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

/** A language's name in English, its code where there is none. */
export function languageName(code: string): string {
  return new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code;
}

function twoLanguages(text: string): LanguagePair {
  const languages = parseLanguages(text);
  if (languages.length !== 2)
    throw new InvalidOptionError('languages', text, 'there must be two', {
      advice: 'Name them, for example en,zh-Hans.',
    });
  return refuseSame([languages[0]!.code, languages[1]!.code], text);
}

function refuseSame(pair: LanguagePair, text: string): LanguagePair {
  if (pair[0] === pair[1]) throw new InvalidOptionError('languages', text, 'are twice the same');
  return pair;
}

/**
 * Scripts by the names that Unicode's property `Script` has, for codes of ISO 15924 that stand for several or are no
 * script.
 */
const SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  Jpan: ['Hani', 'Hira', 'Kana'],
  Kore: ['Hang', 'Hani'],
  Hans: ['Hani'],
  Hant: ['Hani'],
  Aran: ['Arab'],
};

/**
 * The script that a language is most likely written in, by ISO 15924: `Latn` of en, `Hans` of zh; undefined if
 * unknown.
 */
export function likelyScript(code: string): string | undefined {
  return new Intl.Locale(code).maximize().script;
}

/**
 * Whether a word has a letter of a script that the language is written in; true of every word where the script is
 * unknown.
 */
export function scriptTest(code: string): (word: string) => boolean {
  const script = likelyScript(code);
  if (script === undefined) return () => true;
  const letter = letterOf(SCRIPTS[script] ?? [script]);
  return letter === undefined ? () => true : (word) => letter.test(word);
}

/** Share of the words that have a letter of the language's scripts, in [0, 1]; 0 of none. */
export function scriptShare(words: Iterable<string>, code: string): number {
  const fits = scriptTest(code);
  let [all, fitting] = [0, 0];
  for (const word of words) {
    all += 1;
    if (fits(word)) fitting += 1;
  }
  return all === 0 ? 0 : fitting / all;
}

/**
 * How well the words of two columns fit the scripts of two languages, in [0, 2]: as they stand, the first column with
 * the first language, and the other way round. Equal where the languages share a script.
 */
export function scriptFit(
  columns: readonly [readonly string[], readonly string[]],
  languages: readonly [string, string],
): { readonly asGiven: number; readonly turned: number } {
  const fit = (first: 0 | 1, second: 0 | 1): number =>
    scriptShare(columns[first], languages[0]) + scriptShare(columns[second], languages[1]);
  return { asGiven: fit(0, 1), turned: fit(1, 0) };
}

/** Undefined for a script that this version of Unicode does not know. */
function letterOf(scripts: readonly string[]): RegExp | undefined {
  try {
    return new RegExp(`[${scripts.map((script) => `\\p{Script=${script}}`).join('')}]`, 'u');
  } catch {
    return undefined;
  }
}

/** Frequent characters that one of the two ways to write Chinese has and the other has not. */
const SIMPLIFIED = new Set('们这来时会国说对学没过还进发经现样点长开问门见关电车话让给认业东书买听军农冲决');
const TRADITIONAL = new Set('們這來時會國說對學沒過還進發經現樣點長開問門見關電車話讓給認業東書買聽軍農衝決');

/**
 * Which way Chinese words are written, by characters that tell: the share of the simplified ones among them, in [0,
 * 1]; undefined where fewer than twenty words have any.
 */
export function simplifiedShare(words: Iterable<string>): number | undefined {
  let [simplified, traditional] = [0, 0];
  for (const word of words) {
    const characters = [...word];
    if (characters.some((character) => SIMPLIFIED.has(character))) simplified += 1;
    if (characters.some((character) => TRADITIONAL.has(character))) traditional += 1;
  }
  return simplified + traditional < 20 ? undefined : simplified / (simplified + traditional);
}
