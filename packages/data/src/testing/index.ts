export { syntheticCorpus, type SyntheticCorpusOptions } from './synthetic-corpus';
export { temporaryFolder, type TemporaryFolder } from './temporary-folder';
