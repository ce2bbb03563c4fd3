import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseDocument, type Document } from 'yaml';
import { DataFormatError, InvalidOptionError, MissingFileError } from '@xtm/contracts';
import { decodeText } from '@xtm/data';
import { getAt, setAt, type SettingLayer } from './layers';
import { presentNames } from './former-names';
import { optionGroups, settings } from './table';

/** The section of a settings file that says how a dataset is made of texts. */
const PREPARE = 'prepare';

/** One file for a project: settings of a run, and how its dataset is made. */
export interface SettingsFile {
  /** Settings of a run, paths made absolute. */
  readonly settings: SettingLayer;
  /** The section `prepare` as it stands, where there is one; `parsePrepareOptions` of @xtm/data reads it. */
  readonly prepare?: unknown;
  /** What to tell the user: settings that go by former names. */
  readonly notices: readonly string[];
}

/**
 * Settings from a YAML or JSON file. Names are those of the table; paths are relative to the file.
 *
 * @throws MissingFileError, DataFormatError with the line, and InvalidOptionError for a name that is no setting
 */
export function readSettingsFile(file: string): SettingsFile {
  const { [PREPARE]: prepare, ...written } = parseYaml(file);
  const { settings: present, notices } = presentNames(written);
  for (const name of Object.keys(present)) refuseUnknown(name, present[name], file);
  return {
    settings: withAbsolutePaths(present, dirname(file)),
    notices: notices.map((notice) => `${file}: ${notice}`),
    ...(prepare !== undefined && { prepare }),
  };
}

/** What a settings file says, which may have been read already; nothing without one. */
export function readLayer(file: string | SettingLayer = {}): Pick<SettingsFile, 'settings' | 'notices'> {
  return typeof file === 'string' ? readSettingsFile(file) : { settings: file, notices: [] };
}

function refuseUnknown(name: string, value: unknown, file: string): void {
  const names = [...settings, ...optionGroups].map((known) => known.name);
  if (names.includes(name) || optionGroups.some(({ flag }) => flag === name)) return;
  throw new InvalidOptionError(name, value, `no such setting (in ${file})`, {
    advice: `Settings: ${[...names, PREPARE].join(', ')}.`,
  });
}

function withAbsolutePaths(written: SettingLayer, folder: string): SettingLayer {
  const places = [
    ...settings.filter(({ isPath }) => isPath).map(({ name }) => [name]),
    ...optionGroups.flatMap(({ name, chosenBy, paths }) => {
      const members = chosenBy === undefined ? [[]] : Object.keys(Object(written[name])).map((member) => [member]);
      return members.flatMap((member) => paths.map((path) => [name, ...member, path]));
    }),
  ];
  return places.reduce((values, place) => {
    const value = getAt(values, place);
    return typeof value === 'string' ? setAt(values, place, resolve(folder, value)) : values;
  }, written);
}

function parseYaml(file: string): Record<string, unknown> {
  const document = parseDocument(readText(file));
  const problem = document.errors[0];
  if (problem !== undefined) {
    const line = problem.linePos && { line: problem.linePos[0].line };
    throw new DataFormatError(problem.message.split('\n')[0]!, { file, ...line }, { cause: problem });
  }
  const values = valuesOf(document, file);
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new DataFormatError('expected a mapping of settings', { file, line: 1 });
  }
  return values as Record<string, unknown>;
}

function valuesOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    const advice = 'Write the settings out instead of repeating them by aliases.';
    throw new DataFormatError((cause as Error).message, { file }, { cause, advice });
  }
}

function readText(file: string): string {
  return decodeText(readBytes(file), file);
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new MissingFileError(file, 'the settings', { cause, advice: 'Check the path of the settings file.' });
  }
}
