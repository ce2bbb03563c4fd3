import { InvalidOptionError } from '@xtm/contracts';
import { parseLanguages } from '@xtm/data';

/** Two BCP-47 codes, of the first and the second language. */
export type LanguagePair = readonly [string, string];

/**
 * Two languages as a user writes them: `en,zh-Hans` or `en-ja`. A hyphen may also part a code from its script or region;
 * of the ways to read it, the first counts whose languages are `known`, else the first in which both are codes.
 *
 * @throws InvalidOptionError
 */
export function parseLanguagePair(text: string, known: (code: string) => boolean = () => true): LanguagePair {
  if (text.includes(',')) return twoLanguages(text);
  const parts = text.split(/[-_]/);
  const readings = parts.slice(1).flatMap((_, index) => {
    const codes = [parts.slice(0, index + 1), parts.slice(index + 1)].map((subtags) => canonicalCode(subtags.join('-')));
    return codes[0] === undefined || codes[1] === undefined ? [] : [[codes[0], codes[1]] as const];
  });
  const pair = readings.find((codes) => codes.every(known)) ?? readings[0];
  if (pair === undefined) throw new InvalidOptionError('languages', text, `cannot read "${text}" as two languages`, { advice: 'Write two BCP-47 codes, for example en-ja or en,zh-Hans.' });
  return refuseSame(pair, text);
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
  if (languages.length !== 2) throw new InvalidOptionError('languages', text, 'there must be two', { advice: 'Name them, for example en,zh-Hans.' });
  return refuseSame([languages[0]!.code, languages[1]!.code], text);
}

function refuseSame(pair: LanguagePair, text: string): LanguagePair {
  if (pair[0] === pair[1]) throw new InvalidOptionError('languages', text, 'are twice the same');
  return pair;
}
