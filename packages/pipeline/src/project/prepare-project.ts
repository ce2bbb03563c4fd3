import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { InvalidOptionError, MissingFileError, type RunOptions } from '@xtm/contracts';
import {
  adviceOnDictionary,
  type Dataset,
  type DocumentColumns,
  parseLanguages,
  parsePrepareOptions,
  prepareCorpus,
  type PrepareFileOptions,
  type PrepareOptions,
  readPrepareOptions,
  writeDataset,
} from '@xtm/data';
import type { SettingLayer } from '../settings/layers';
import { readSettingsFile } from '../settings/settings-file';
import { pastablePath } from './shown-paths';

/** What a file says of how a dataset is made of texts. */
export interface TextsPlan {
  readonly options: PrepareFileOptions;
  /** A project file's settings of a run; nothing of a corpus file. */
  readonly settings: SettingLayer;
  readonly isProject: boolean;
}

/**
 * Reads how a dataset is made: a project file in YAML, whose section `prepare` says it, or a corpus file in JSON.
 *
 * @throws InvalidOptionError for a project file without the section; MissingFileError, DataFormatError
 */
export async function readTextsPlan(file: string): Promise<TextsPlan> {
  if (!/\.ya?ml$/i.test(file)) return { options: await readPrepareOptions(file), settings: {}, isProject: false };
  const { settings, prepare } = readSettingsFile(file);
  if (prepare === undefined)
    throw new InvalidOptionError('prepare', undefined, `${file} has no section "prepare"`, {
      advice: '"xtm init" writes one.',
    });
  return { options: parsePrepareOptions(prepare, file), settings, isProject: true };
}

/** What a dataset folder is made of, and where it goes. */
export interface ProjectToPrepare {
  /** A project file, or a corpus file. */
  readonly file?: string;
  /** Dataset folder to write; by default the one that the project file names. */
  readonly out?: string;
  /** Whether a dataset folder that is there is replaced. Default false. */
  readonly replace?: boolean;
  /** What counts in place of what the file says; texts that are named here make a dataset called as its folder. */
  readonly options?: Partial<PrepareOptions>;
}

/** A dataset, and the folder that holds it. */
export interface PreparedProject {
  readonly folder: string;
  readonly dataset: Dataset;
}

/**
 * Makes a dataset folder of raw texts; what is odd about them is told by `onWarning`.
 *
 * @throws InvalidOptionError without a folder to write, MissingFileError for a dictionary that the file names and that
 *   is not there; what `prepareCorpus` and `writeDataset` throw
 */
export async function prepareProject(
  { file, out, replace, options = {} }: ProjectToPrepare,
  run: RunOptions = {},
): Promise<PreparedProject> {
  const plan = file === undefined ? undefined : await readTextsPlan(file);
  if (plan !== undefined && options.dictionary === undefined) requireDictionary(plan.options.dictionary, file!);
  const named = plan?.settings['dataset'];
  const folder = out ?? (typeof named === 'string' ? named : undefined);
  if (folder === undefined)
    throw new InvalidOptionError('out', undefined, 'a dataset folder to write is needed', {
      advice: 'Name one with `out`.',
    });
  const name = options.documents === undefined ? {} : { name: basename(resolve(folder)) };
  const dataset = await prepareCorpus({ ...plan?.options, ...name, ...options } as PrepareOptions, run);
  await writeDataset(folder, dataset, { replace });
  const advice = adviceOnDictionary(dataset);
  for (const { message } of dataset.warnings) run.onWarning?.(message);
  if (advice !== undefined) run.onWarning?.(advice);
  return { folder, dataset };
}

/** A project names its dictionary before it is made. */
function requireDictionary(dictionary: string | undefined, project: string): void {
  if (dictionary === undefined || existsSync(dictionary)) return;
  throw new MissingFileError(dictionary, `preparing the texts of ${project}`, {
    advice: `Make it with "xtm dictionary induce ${pastablePath(project)}" (docs/dictionaries.md tells other ways), ` +
      `or take the line out of ${project} to go without.`,
  });
}

/**
 * Texts as people name them, `en=english.csv` or a file of all languages alone, with their languages.
 *
 * @param languages codes with suffixes, as `parseLanguages` reads them; by default those of the texts
 * @param columns of each file
 * @throws InvalidOptionError where the languages cannot be told
 */
export function parseDocuments(
  texts: readonly string[],
  languages: string | undefined,
  columns: DocumentColumns,
): Pick<PrepareOptions, 'documents' | 'languages'> {
  const documents = texts.map((text) => {
    const at = text.indexOf('=');
    return at < 0 ? { path: text, columns } : { path: text.slice(at + 1), language: text.slice(0, at), columns };
  });
  const named = documents.flatMap(({ language }) => (language === undefined ? [] : [language]));
  if (languages === undefined && named.length < 2)
    throw new InvalidOptionError('languages', undefined, 'cannot tell the languages', {
      advice: 'Name them, for example `languages` en,zh-Hans.',
    });
  return { documents, languages: parseLanguages(languages ?? named.join(',')) };
}
