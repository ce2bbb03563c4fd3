import { existsSync, statSync } from 'node:fs';
import type { RunOptions } from '@xtm/contracts';
import { loadDataset, parseLanguages, prepareCorpus } from '@xtm/data';
import {
  type CorpusWords,
  corpusWords,
  type DictionaryPlace,
  type DictionaryReach,
  newDictionaryFile,
  readKnownPairs,
  type WordList,
} from '@xtm/dictionary';
import { readTextsPlan } from '../project/prepare-project';
import type { SettingLayer } from '../settings/layers';

/** How the texts whose words get a dictionary are read, and where it goes. */
export interface OwnWordsOptions extends DictionaryPlace {
  /** Languages of a dataset folder, as `parseLanguages` reads them, where it does not say. */
  readonly languages?: string;
  /** Dictionary file whose pairs join the result; by default the one that a project names, if it is there. */
  readonly known?: string;
}

/** Texts whose words get a dictionary, and what their project says. */
export interface OwnWords {
  readonly words: CorpusWords;
  /** The dictionary that the project names, whether or not it is there yet. */
  readonly dictionary?: string;
  /** The project's settings of a run; empty of other places. */
  readonly settings: SettingLayer;
  readonly isProject: boolean;
}

/** A dictionary of the words of some texts, on disk. */
export interface OwnWordsDictionary {
  readonly source: OwnWords;
  readonly file: string;
  /** Pairs that were known before. */
  readonly known?: WordList;
  readonly reach: DictionaryReach;
}

/**
 * The words of a dataset folder, or of the corpus that `prepareProject` would make of a project file or corpus file.
 *
 * @throws InvalidOptionError for a corpus that is not of two languages; MissingFileError, DataFormatError
 */
export async function readOwnWords(
  place: string,
  { languages }: Pick<OwnWordsOptions, 'languages'>,
  run: RunOptions,
): Promise<OwnWords> {
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory()) {
    const named = languages === undefined ? {} : { languages: parseLanguages(languages) };
    const { corpus } = await loadDataset(place, { texts: false, ...named });
    return { words: corpusWords(corpus), settings: {}, isProject: false };
  }
  const { options: { dictionary, ...texts }, settings, isProject } = await readTextsPlan(place);
  return { words: corpusWords((await prepareCorpus(texts, run)).corpus), dictionary, settings, isProject };
}

/**
 * Where the result goes, and the known pairs: the file that was asked for; else the one that the project names, if it
 * is not there yet. What the project names and is there is the known dictionary, unless another is.
 *
 * @throws InvalidOptionError for a file that is there and may not be replaced, and what `readDictionary` throws
 */
export async function placeDictionary(
  { words, dictionary }: OwnWords,
  { out, replace, known: named }: OwnWordsOptions,
): Promise<Pick<OwnWordsDictionary, 'file' | 'known'>> {
  const isThere = dictionary !== undefined && existsSync(dictionary);
  const file = newDictionaryFile(words.languages, { replace, out: out ?? (isThere ? undefined : dictionary) });
  const known = named ?? (isThere ? dictionary : undefined);
  return known === undefined ? { file } : { file, known: await readKnownPairs(known, words) };
}
