import { RunFolderError } from '@xtm/contracts';
import type { RunFolder } from './run-folder';

/** `config.json`: all that a run was made with, so that it can be repeated. It never holds a key. */
export interface RunConfig {
  /** What decides the result: a resumed run must have the same. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Where each setting came from. */
  readonly sources: Readonly<Record<string, 'flag' | 'file' | 'preset' | 'default'>>;
  readonly dataset: Readonly<Record<string, unknown>>;
  /** Tensor backend and the path of its operations. */
  readonly backend: Readonly<Record<string, unknown>>;
  readonly versions: Readonly<Record<string, string>>;
  /** Where the data was; it may move between a run and its resumption. */
  readonly paths: Readonly<Record<string, string>>;
}

/** One setting whose value differs between a run folder and the run that would resume it. */
export interface SettingDifference {
  readonly setting: string;
  readonly before: unknown;
  readonly now: unknown;
}

/** A run cannot be resumed since its settings changed. */
export class ChangedSettingsError extends RunFolderError {
  readonly differences: readonly SettingDifference[];

  constructor(folder: string, differences: readonly SettingDifference[]) {
    const list = differences.map(({ setting, before, now }) => `${setting} was ${JSON.stringify(before)}, is ${JSON.stringify(now)}`);
    super(folder, `the run there has other settings: ${list.join('; ')}`, {
      advice: 'Give the new run another name with --run, or delete the old folder.',
    });
    this.differences = differences;
  }
}

/** Writes `config.json` of a new run, or checks that a run to be resumed has the same settings, data and backend. */
export function settleRunConfig(folder: RunFolder, config: RunConfig): void {
  if (folder.has('config.json')) {
    const before = folder.readJson('config.json') as RunConfig;
    const differences = (['settings', 'dataset', 'backend'] as const).flatMap((section) => compare(before[section], config[section]));
    if (differences.length > 0) throw new ChangedSettingsError(folder.path, differences);
  } else {
    folder.writeJson('config.json', config);
  }
}

function compare(before: Readonly<Record<string, unknown>>, now: Readonly<Record<string, unknown>>, prefix = ''): SettingDifference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return names.flatMap((name) => {
    const [old, fresh] = [before[name], now[name]];
    if (isRecord(old) && isRecord(fresh)) return compare(old, fresh, `${prefix}${name}.`);
    return JSON.stringify(old) === JSON.stringify(fresh) ? [] : [{ setting: prefix + name, before: old, now: fresh }];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
