import { InvalidOptionError } from '@xtm/contracts';
import { parsePrepareOptions, type PrepareOptions } from '@xtm/data';
import { readSettingsFile, type SettingLayer } from '@xtm/pipeline';

/** What "xtm prepare" reads from a project file, and the dataset folder that the file names. */
export function readPreparePlan(file: string): { readonly options: PrepareOptions; readonly out?: string } {
  const { settings: { dataset }, prepare } = readSettingsFile(file);
  if (prepare === undefined)
    throw new InvalidOptionError('prepare', undefined, `${file} has no section "prepare"`, {
      advice: '"xtm init" writes one.',
    });
  return { options: parsePrepareOptions(prepare, file), ...(typeof dataset === 'string' && { out: dataset }) };
}

/** One file for a project: settings of a run, and how its dataset is made of texts. */
export function readProjectFile(file: string): {
  readonly run: SettingLayer;
  prepareOptions(): PrepareOptions | undefined;
} {
  const { settings: run, prepare } = readSettingsFile(file);
  return { run, prepareOptions: () => (prepare === undefined ? undefined : parsePrepareOptions(prepare, file)) };
}
