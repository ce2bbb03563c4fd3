import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseDocument, type Document } from 'yaml';
import { DataFormatError, InvalidOptionError, MissingFileError } from '@xtm/contracts';
import { decodeText } from '@xtm/data';

/**
 * Settings from a YAML or JSON file. Names are those of the long flags in camelCase; paths are relative to the file.
 * Throws `MissingFileError`, `DataFormatError` with the line, and `InvalidOptionError` for a name that is no setting.
 */
export function readConfigFile(file: string, names: readonly string[], pathNames: readonly string[]): Record<string, unknown> {
  const values = parseYaml(file);
  for (const name of Object.keys(values)) {
    if (!names.includes(name)) {
      throw new InvalidOptionError(name, values[name], `no such setting (in ${file})`, { advice: `Settings: ${names.join(', ')}.` });
    }
  }
  for (const name of pathNames) makeAbsolute(values, name.split('.'), dirname(file));
  return values;
}

/** What is not there, or is no text but a switch, stays as it is. */
function makeAbsolute(values: Record<string, unknown>, [name, ...rest]: readonly string[], folder: string): void {
  const value = values[name!];
  if (rest.length === 0 && typeof value === 'string') values[name!] = resolve(folder, value);
  if (rest.length > 0 && typeof value === 'object' && value !== null) makeAbsolute(value as Record<string, unknown>, rest, folder);
}

function parseYaml(file: string): Record<string, unknown> {
  const document = parseDocument(readText(file));
  const problem = document.errors[0];
  if (problem !== undefined) {
    throw new DataFormatError(problem.message.split('\n')[0]!, { file, ...(problem.linePos ? { line: problem.linePos[0].line } : {}) }, { cause: problem });
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
    throw new DataFormatError((cause as Error).message, { file }, { cause, advice: 'Write the settings out instead of repeating them by aliases.' });
  }
}

function readText(file: string): string {
  return decodeText(readBytes(file), file);
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new MissingFileError(file, 'the configuration', { cause, advice: 'Check the path given with --config.' });
  }
}
