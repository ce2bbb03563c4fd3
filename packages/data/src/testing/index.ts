export { FileServer, type ServedFile, type ServerFault } from './file-server';
export { syntheticCorpus, type SyntheticCorpusOptions } from './synthetic-corpus';
export { temporaryFolder, type TemporaryFolder } from './temporary-folder';
