import { basename } from 'node:path';
import { InvalidOptionError } from '@xtm/contracts';
import { findLanguage, parseLanguages } from '@xtm/data';
import { readReferenceConfig, type ReferenceFilePair } from '@xtm/metrics';
import type { TopicFile } from './evaluate-topic-files';
import type { ReferenceSource } from './open-reference';

/**
 * What a file's name says of its language: `cn` of `T15_cn.txt`. Codes of three letters look too much like other
 * words.
 */
const LANGUAGE_ENDING = /(?:^|[_.])([a-z]{2}(?:-[a-z]+)*)\.\w+$/i;

/**
 * Files of other tools' topics with their languages, as people write them: as `CODE=FILE` says, else as `languages`
 * says in their order, else as the files' names end.
 *
 * @param languages codes with suffixes, as `parseLanguages` reads them: `en,zh-Hans:cn`
 * @throws InvalidOptionError
 */
export function parseTopicFiles(texts: readonly string[], languages?: string): TopicFile[] {
  const files = texts.map(splitTopicFile);
  const known = parseLanguages(languages ?? files.map(({ path, said }) => said ?? languageEnding(path)).join(','));
  if (known.length !== files.length)
    throw new InvalidOptionError('topics', texts, `there are ${files.length} files for ${known.length} languages`, {
      advice: 'Give one file per language.',
    });
  return files.map(({ path, said }, index) => {
    const language = known[languages === undefined || said === undefined ? index : findLanguage(known, said)];
    if (language === undefined)
      throw new InvalidOptionError('topics', said, `"${said}" is none of the languages ${languages}`);
    return { path, language };
  });
}

function splitTopicFile(text: string): { path: string; said?: string } {
  const at = text.indexOf('=');
  return at < 0 ? { path: text } : { path: text.slice(at + 1), said: text.slice(0, at) };
}

function languageEnding(path: string): string {
  const ending = LANGUAGE_ENDING.exec(basename(path))?.[1];
  if (ending === undefined)
    throw new InvalidOptionError('topics', path, `cannot tell the language of ${path}`, {
      advice: 'Say it: en=FILE, or `languages` en,zh-Hans.',
    });
  return ending;
}

/** How people say where the comparable corpus is. */
export interface NamedReference {
  /** YAML list of file pairs. */
  readonly referenceConfig?: string;
  /** Files as `CODE=FILE`, the k-th of one language belonging to the k-th of the other. */
  readonly reference?: readonly string[];
  /** Where counts of its files are kept. */
  readonly saveReference?: string;
  /** Counts that were kept. */
  readonly loadReference?: string;
}

/**
 * The comparable corpus that is named, if one is.
 *
 * @throws InvalidOptionError where it is named twice, MissingFileError, DataFormatError
 */
export async function findReference({
  referenceConfig,
  reference,
  saveReference,
  loadReference,
}: NamedReference): Promise<ReferenceSource | undefined> {
  const given = [referenceConfig, reference, loadReference].filter((value) => value !== undefined);
  if (given.length > 1)
    throw new InvalidOptionError('reference', given, 'say it once', {
      advice: 'Give one of `referenceConfig`, `reference` and `loadReference`.',
    });
  const saveTo = saveReference;
  if (referenceConfig !== undefined) return { files: await readReferenceConfig(referenceConfig), saveTo };
  if (reference !== undefined) return { ...pairReferenceFiles(reference), saveTo };
  if (saveTo !== undefined)
    throw new InvalidOptionError('saveReference', saveTo, 'there is nothing to save', {
      advice: 'Name files with `referenceConfig` or `reference`.',
    });
  return loadReference === undefined ? undefined : { savedCounts: loadReference };
}

function pairReferenceFiles(texts: readonly string[]): { languages: [string, string]; files: ReferenceFilePair[] } {
  const files = texts.map(splitReferenceFile);
  const [first, second, ...others] = new Set(files.map(([language]) => language));
  const ofLanguage = (language: string | undefined) =>
    files.flatMap(([name, file]) => (name === language ? [file] : []));
  const [firsts, seconds] = [ofLanguage(first), ofLanguage(second)];
  if (first === undefined || second === undefined || others.length > 0 || firsts.length !== seconds.length) {
    throw new InvalidOptionError('reference', texts, 'needs as many files of one language as of one other', {
      advice: 'For example `reference` en=wiki.en `reference` zh=wiki.zh.',
    });
  }
  return { languages: [first, second], files: firsts.map((file, index) => [file, seconds[index]!] as const) };
}

function splitReferenceFile(text: string): [language: string, path: string] {
  const at = text.indexOf('=');
  if (at <= 0) throw new InvalidOptionError('reference', text, `"${text}" is not of the form name=value`);
  return [text.slice(0, at), text.slice(at + 1)];
}
