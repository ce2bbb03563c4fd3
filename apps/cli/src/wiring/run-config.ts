import { resolve } from 'node:path';
import type { Dataset } from '@xtm/data';
import { corpusFingerprint, type RecordedSettings, type RunConfig } from '@xtm/pipeline';
import type { BackendReport } from '@xtm/tensor';
import { version } from '../../package.json';
import type { LayeredSettings } from '../settings/layered-settings';
import type { RunSettings } from '../settings/run-settings';

export interface RunFacts {
  readonly settings: RunSettings;
  readonly layered: LayeredSettings;
  readonly dataset: Dataset;
  readonly backend: BackendReport;
  /** What decides the result, every default filled in. */
  readonly resolved: RecordedSettings;
}

/** `config.json` of a run. */
export function runConfig({
  settings,
  layered,
  dataset: { corpus, dictionary },
  backend,
  resolved,
}: RunFacts): RunConfig {
  return {
    settings: resolved,
    sources: layered.sources,
    dataset: {
      name: corpus.name,
      languages: corpus.languages.map(({ language, vocabulary, train, test }) => ({
        ...language,
        words: vocabulary.length,
        trainDocuments: train.rows.rows,
        testDocuments: test?.rows.rows ?? 0,
      })),
      dictionaryPairs: dictionary?.pairs ?? 0,
      fingerprint: corpusFingerprint(corpus),
    },
    backend: { name: backend.backend, path: backend.path },
    versions: { xtm: version, node: process.versions.node },
    paths: {
      dataset: resolve(settings.dataset),
      ...(settings.dictionary !== undefined && { dictionary: resolve(settings.dictionary) }),
    },
  };
}
