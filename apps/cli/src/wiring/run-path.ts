import { basename, resolve } from 'node:path';
import type { RunSettings } from '../settings/run-settings';

/** A run's folder: its name under the runs folder, the dataset's and the model's name unless given. */
export function runPath({ runsFolder, run, dataset, model }: RunSettings): string {
  return resolve(runsFolder, run ?? `${basename(resolve(dataset))}-${model}`);
}

/** Where a run's data are. */
export function runPaths({ dataset, dictionary }: RunSettings): { readonly dataset: string; readonly dictionary?: string } {
  return { dataset: resolve(dataset), ...(dictionary !== undefined && { dictionary: resolve(dictionary) }) };
}
