import { basename } from 'node:path';
import type { TrainingPlan } from '@xtm/pipeline';
import type { SettingLayer } from '../settings/layered-settings';
import type { RunSettings } from '../settings/run-settings';
import { runPath } from './run-path';

/**
 * What to change to start a run again where the GPU's memory does not do: the next backend, and a folder of its own,
 * since a run keeps to one backend. Undefined where the backend was asked for by name, or is not the GPU's.
 */
export function fallbackFlags(settings: RunSettings, { name }: Pick<TrainingPlan['backend'], 'name'>): SettingLayer | undefined {
  if (settings.backend !== 'auto' || name !== 'tensorflow') return undefined;
  return { backend: 'wasm', run: `${basename(runPath(settings))}-wasm` };
}
