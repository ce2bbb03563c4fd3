import type { RecordedSettings, RunConfig } from '../run-folder/config';

/** A whole configuration around some settings, for tests that do not care for the rest. */
export function configOf(settings: Partial<RecordedSettings>): RunConfig {
  return {
    settings: { model: 'tiny', ...settings },
    sources: {},
    dataset: { name: 'planted', languages: [], dictionaryPairs: 0, fingerprint: 'planted' },
    backend: { name: 'wasm', path: 'kernels' },
    versions: {},
    paths: {},
  };
}
