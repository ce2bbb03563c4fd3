import { resolve } from 'node:path';
import { type Corpus, DataFormatError, InvalidOptionError } from '@xtm/contracts';
import { findLanguage, loadDataset } from '@xtm/data';
import { type LanguagePair, parseLanguagePair } from '../lists/languages';
import { checkDictionary } from './check-dictionary';
import type { DictionaryCheck } from './find-problems';

/** A dictionary to check as people name it; a file or a dataset there must be. */
export interface NamedDictionary {
  /** By default the dataset's own. */
  readonly file?: string;
  /** Folder of the dataset that it is for. */
  readonly dataset?: string;
  /** Two languages as `parseLanguagePair` reads them; by default the dataset's. */
  readonly languages?: string;
}

/**
 * Looks at a word list as `checkDictionary` does, for the dataset and languages that are named.
 *
 * @throws InvalidOptionError where file or languages cannot be told; MissingFileError, DataFormatError
 */
export async function checkNamedDictionary({ file, dataset, languages }: NamedDictionary): Promise<DictionaryCheck> {
  const loaded = dataset === undefined ? undefined : await loadDataset(dataset, { dictionary: false });
  const own = loaded?.descriptor.dictionary;
  const named = file ?? (own === undefined ? undefined : resolve(dataset!, own));
  if (named === undefined) {
    const problem = dataset === undefined ? 'which dictionary?' : `${dataset} has no dictionary of its own`;
    const advice = 'Name a file: xtm dictionary check dictionary-en-ja.txt `languages` en,ja';
    throw new InvalidOptionError('file', undefined, problem, { advice });
  }
  if (loaded === undefined) return checkDictionary({ file: named, languages: namedLanguages(languages) });
  const { corpus } = loaded;
  return checkDictionary({ file: named, languages: datasetLanguages(corpus, languages), corpus });
}

/**
 * Refuses a dictionary from which a model could learn nothing.
 *
 * @throws DataFormatError that says the worst of it
 */
export function refuseUnusable({ file, verdict, findings: [worst] }: DictionaryCheck): void {
  if (verdict !== 'unusable') return;
  const problem = worst!.message.charAt(0).toLowerCase() + worst!.message.slice(1).replace(/\.$/, '');
  throw new DataFormatError(problem, { file }, { advice: worst!.advice });
}

function namedLanguages(text: string | undefined): LanguagePair {
  if (text !== undefined) return parseLanguagePair(text);
  throw new InvalidOptionError('languages', undefined, 'which languages is it of?', {
    advice: 'Name them, for example `languages` en,ja, or the dataset that it is for with `dataset`.',
  });
}

/** The dataset's codes, also where a user names its languages in another way. */
function datasetLanguages({ languages }: Corpus, text: string | undefined): LanguagePair {
  const known = languages.map(({ language }) => language);
  const places = text === undefined ? [0, 1] : parseLanguagePair(text).map((code) => findLanguage(known, code));
  const [first, second] = places.map((place) => known[place]?.code);
  if (first !== undefined && second !== undefined) return [first, second];
  throw new InvalidOptionError('languages', text, `the dataset has ${known.map(({ code }) => code).join(', ')}`);
}
