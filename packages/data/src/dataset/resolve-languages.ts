import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidOptionError, type Language, MissingFileError } from '@xtm/contracts';
import { exists } from '../files/read-bytes';
import { checkLanguages, primarySubtag, toLanguage } from './parse-languages';

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
    throw new MissingFileError(join(folder, `${VOCABULARY_PREFIX}*`), 'the data set', { cause: error, advice: 'Name the folder, not a file in it.' });
  });
  return names.filter((name) => name.startsWith(VOCABULARY_PREFIX)).map((name) => name.slice(VOCABULARY_PREFIX.length)).sort();
}

function withPresentSuffix(language: Language, present: readonly string[]): Language {
  if (present.includes(language.suffix)) return language;
  const suffix = present.find((candidate) => primarySubtag(candidate) === primarySubtag(language.code));
  return suffix === undefined ? language : { ...language, suffix };
}

function inferLanguages(folder: string, present: readonly string[]): Language[] {
  if (present.length < 2) {
    throw new InvalidOptionError('languages', undefined, `${folder} has ${present.length} vocabularies; a cross-lingual corpus needs two`, {
      advice: 'Check the folder, or name its languages, for example en,zh-Hans:cn.',
    });
  }
  const languages = present.map((suffix) => toLanguage(suffix, suffix));
  return [...languages.filter(({ code }) => code === 'en'), ...languages.filter(({ code }) => code !== 'en')];
}
