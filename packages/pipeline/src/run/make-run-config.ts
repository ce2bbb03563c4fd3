import type { Corpus } from '@xtm/contracts';
import { version } from '../../package.json';
import { corpusFingerprint, type RecordedSettings, type RunConfig } from '../run-folder/config';

/** What a run folder remembers besides what training knows itself. */
export interface RunRecord {
  readonly sources?: RunConfig['sources'];
  readonly paths?: RunConfig['paths'];
}

/** All that a run is made with, for its `config.json`. */
export interface RunFacts {
  /** What decides the result, every default filled in. */
  readonly settings: RecordedSettings;
  readonly corpus: Corpus;
  /** Pairs of the dictionary; those of the corpus unless given. */
  readonly dictionaryPairs?: number;
  readonly backend: RunConfig['backend'];
  readonly record?: RunRecord;
}

/** `config.json` of a run on that corpus, with this version of xtm. */
export function makeRunConfig({
  settings,
  corpus,
  dictionaryPairs = corpus.dictionary?.first.length ?? 0,
  backend,
  record = {},
}: RunFacts): RunConfig {
  return {
    settings,
    sources: record.sources ?? {},
    dataset: {
      name: corpus.name,
      languages: corpus.languages.map(({ language, vocabulary, train, test }) => ({
        ...language,
        words: vocabulary.length,
        trainDocuments: train.rows.rows,
        testDocuments: test?.rows.rows ?? 0,
      })),
      dictionaryPairs,
      fingerprint: corpusFingerprint(corpus),
    },
    backend,
    versions: { xtm: version, node: process.versions.node },
    paths: record.paths ?? {},
  };
}
