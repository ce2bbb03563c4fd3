import { InvalidOptionError } from '@xtm/contracts';
import { parsePrepareOptions, type PrepareOptions } from '@xtm/data';
import { readConfigFile } from './config-file';
import { RUN_PATH_NAMES, RUN_SETTING_NAMES } from './run-settings';

/** The section of a project file that "xtm prepare" reads. */
const PREPARE = 'prepare';

/** One file for a project: settings of "xtm run", and how its dataset is made of texts. */
export interface ProjectFile {
  /** Settings of a run, paths made absolute. */
  readonly run: Readonly<Record<string, unknown>>;
  /** What "xtm prepare" does, where the file says so. Throws `DataFormatError` for what is wrong there. */
  prepareOptions(): PrepareOptions | undefined;
}

/** Throws `MissingFileError`, `DataFormatError` and, for a name that is no setting, `InvalidOptionError`. */
export function readProjectFile(file: string): ProjectFile {
  const { [PREPARE]: prepare, ...run } = readConfigFile(file, [...RUN_SETTING_NAMES, PREPARE], RUN_PATH_NAMES);
  return { run, prepareOptions: () => (prepare === undefined ? undefined : parsePrepareOptions(prepare, file)) };
}

/** What "xtm prepare" reads from a project file, and the dataset folder that the file names. */
export function readPreparePlan(file: string): { readonly options: PrepareOptions; readonly out?: string } {
  const { run: { dataset }, prepareOptions } = readProjectFile(file);
  const options = prepareOptions();
  if (options === undefined) throw new InvalidOptionError(PREPARE, undefined, `${file} has no section "${PREPARE}"`, { advice: '"xtm init" writes one.' });
  return { options, ...(typeof dataset === 'string' && { out: dataset }) };
}
