import { InvalidOptionError, type Language } from '@xtm/contracts';

/** What data sets call languages where BCP-47 has another code. */
const ALIASES: Readonly<Record<string, string>> = { cn: 'zh', jp: 'ja' };

/**
 * Languages from a flag such as `en,zh-Hans:cn`: BCP-47 codes, each with the suffix that file names carry where
 * it is not the code itself. `cn` and `jp` are understood as zh and ja.
 *
 * @throws InvalidOptionError
 */
export function parseLanguages(text: string): Language[] {
  const languages = text.split(',').map((part) => {
    const [code = '', suffix, ...rest] = part.trim().split(':');
    if (rest.length > 0 || suffix === '') throw new InvalidOptionError('languages', text, `cannot read "${part}"; write CODE or CODE:SUFFIX`);
    return toLanguage(code, suffix);
  });
  checkLanguages(languages);
  return languages;
}

/**
 * A language from its code or an alias of it.
 *
 * @throws InvalidOptionError if the code is no BCP-47 code.
 */
export function toLanguage(code: string, suffix = code): Language {
  return { code: canonicalCode(code), suffix };
}

/** @throws InvalidOptionError unless there are at least two languages with suffixes of their own that may stand in file names. */
export function checkLanguages(languages: readonly Language[]): void {
  if (languages.length < 2) throw new InvalidOptionError('languages', languages, 'there must be at least two', { advice: 'Name them, for example en,zh-Hans:cn.' });
  const odd = languages.find(({ suffix }) => !/^[\p{L}\p{N}_-]+$/u.test(suffix));
  if (odd !== undefined) throw new InvalidOptionError('languages', odd.suffix, `"${odd.suffix}" cannot be part of a file name`);
  if (new Set(languages.map(({ suffix }) => suffix)).size < languages.length) {
    throw new InvalidOptionError('languages', languages, 'two languages have the same suffix');
  }
}

/** Position of the language that a code, alias or suffix names; -1 if none does. */
export function findLanguage(languages: readonly Language[], name: string): number {
  const exact = languages.findIndex(({ code, suffix }) => code === name || suffix === name);
  if (exact >= 0) return exact;
  const primary = primarySubtag(name);
  return languages.findIndex(({ code }) => primarySubtag(code) === primary);
}

/** The part of a code that names the language itself: `zh` of `zh-Hans`. */
export function primarySubtag(code: string): string {
  const primary = code.toLowerCase().split(/[-_]/)[0]!;
  return ALIASES[primary] ?? primary;
}

function canonicalCode(code: string): string {
  try {
    return Intl.getCanonicalLocales(ALIASES[code.toLowerCase()] ?? code)[0]!;
  } catch (error) {
    throw new InvalidOptionError('languages', code, `"${code}" is not a BCP-47 language code`, { cause: error });
  }
}
