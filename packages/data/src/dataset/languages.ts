import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidOptionError, type Language, MissingFileError } from '@xtm/contracts';
import { exists } from '../files';

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
    if (rest.length > 0 || suffix === '')
      throw new InvalidOptionError('languages', text, `cannot read "${part}"; write CODE or CODE:SUFFIX`);
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

/**
 * @throws InvalidOptionError unless there are at least two languages with suffixes of their own that may stand in file
 *   names.
 */
export function checkLanguages(languages: readonly Language[]): void {
  if (languages.length < 2)
    throw new InvalidOptionError('languages', languages, 'there must be at least two', {
      advice: 'Name them, for example en,zh-Hans:cn.',
    });
  const odd = languages.find(({ suffix }) => !/^[\p{L}\p{N}_-]+$/u.test(suffix));
  if (odd !== undefined)
    throw new InvalidOptionError('languages', odd.suffix, `"${odd.suffix}" cannot be part of a file name`);
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

const VOCABULARY_PREFIX = 'vocab_';

/**
 * The languages of a benchmark folder: those asked for, else those its descriptor names, else one for each
 * `vocab_*` file, English first. Where the folder uses another suffix for the same language (cn for zh), it is found.
 *
 * @throws MissingFileError, InvalidOptionError
 */
export async function resolveLanguages(folder: string, asked: readonly Language[] | undefined): Promise<Language[]> {
  const present = await vocabularySuffixes(folder);
  const languages = asked?.map((language) => withPresentSuffix(language, present)) ?? inferLanguages(folder, present);
  checkLanguages(languages);
  return languages;
}

async function vocabularySuffixes(folder: string): Promise<string[]> {
  if (!(await exists(folder))) throw new MissingFileError(folder, 'the data set');
  const names = await readdir(folder).catch((error: unknown) => {
    throw new MissingFileError(join(folder, `${VOCABULARY_PREFIX}*`), 'the data set', {
      cause: error,
      advice: 'Name the folder, not a file in it.',
    });
  });
  return names
    .filter((name) => name.startsWith(VOCABULARY_PREFIX))
    .map((name) => name.slice(VOCABULARY_PREFIX.length))
    .sort();
}

function withPresentSuffix(language: Language, present: readonly string[]): Language {
  if (present.includes(language.suffix)) return language;
  const suffix = present.find((candidate) => primarySubtag(candidate) === primarySubtag(language.code));
  return suffix === undefined ? language : { ...language, suffix };
}

function inferLanguages(folder: string, present: readonly string[]): Language[] {
  if (present.length < 2) {
    throw new InvalidOptionError(
      'languages',
      undefined,
      `${folder} has ${present.length} vocabularies; a cross-lingual corpus needs two`,
      {
        advice: 'Check the folder, or name its languages, for example en,zh-Hans:cn.',
      },
    );
  }
  const languages = present.map((suffix) => toLanguage(suffix, suffix));
  return [...languages.filter(({ code }) => code === 'en'), ...languages.filter(({ code }) => code !== 'en')];
}
