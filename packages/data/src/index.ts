export { selectRows, sparseRowsFromMaps } from '@xtm/numeric';
export {
  sparseRows,
  denseFromSparseRows,
  sparseRowsFromDense,
  documentFrequencies,
  documentLengths,
  emptyRows,
  wordCounts,
} from './sparse/sparse-rows';
export { numbersOf, readNpy, writeNpy, type WritableArray } from './npy/npy';
export type { NpyArray, NumberArray } from './npy/npy-dtype';
export { NpzArchive, readNpz, writeNpz, type NpzMember } from './npy/npz';
export { parseSparseMatrix, readSparseMatrix, writeSparseMatrix } from './npy/sparse-matrix-file';
export { findLanguage, parseLanguages } from './dataset/languages';
export { type DatasetDescriptor, readDatasetDescriptor, readVocabulary } from './dataset/dataset-files';
export {
  type DataWarning,
  dictionaryCoverage,
  type DictionaryCoverage,
  type CommonWords,
  type Dataset,
} from './dataset/dataset';
export {
  type Dictionary,
  type DictionaryOptions,
  type DictionaryReport,
  readDictionary,
} from './dataset/read-dictionary';
export { loadStemmer, type Stemmer } from './words/load-stemmer';
export { loadDataset, type LoadDatasetOptions } from './dataset/load-dataset';
export { validationCorpus } from './dataset/validation-corpus';
export { writeDataset, type WriteDatasetOptions } from './dataset/write-dataset';
export { decodeText, writeAtomically } from './files';
export {
  type DocumentColumns,
  documentColumnsSchema,
  type DocumentFormat,
  type DocumentSource,
} from './documents/document-source';
export type { DocumentTexts, TextDocument } from './documents/document-texts';
export type { RawDocument } from './documents/raw-document';
export { readDocuments } from './documents/read-documents';
export { type SegmenterChoice, type SegmenterName, isSegmenterInstalled, segmenterPackage } from './words/segmenter';
export { createTokenizer, type Tokenizer, type TokenizerOptions, wordNormaliser } from './words/tokenizer';
export { readStopWords, standardStopWords, type StopWordList } from './words/stop-words';
export {
  buildVocabulary,
  defaultMaxDocumentFrequency,
  type DocumentFrequency,
  type VocabularyOptions,
} from './words/build-vocabulary';
export {
  defaultPreprocessing,
  type LanguagePreprocessing,
  parsePreprocessing,
  type Preprocessing,
  readPreprocessing,
} from './words/preprocessing';
export { vectorize } from './words/vectorize';
export {
  adviceOnDictionary,
  type DatasetFacts,
  describeDataset,
  type LanguageFacts,
} from './prepare/describe-dataset';
export { prepareCorpus } from './prepare/prepare-corpus';
export {
  parsePrepareOptions,
  prepareFileSchema,
  type PrepareFileOptions,
  type PrepareOptions,
  prepareSchema,
  readPrepareOptions,
  type StopWordChoice,
} from './prepare/prepare-options';
export { batchRows, countPairBatches, pairBatches, type PairBatchOptions } from './sparse/pair-batches';
export { type Checksum, type RemoteFile, fetchFiles, type FileState } from './download/fetch-files';
export {
  resolveTransfer,
  type TransferAdvice,
  type TransferOptions,
  type TransferSettings,
  fetchContent,
} from './download/open-source';
export { downloadUnknownFile, type UnknownFile } from './download/download-unknown-file';
export {
  findPublicDataset,
  publicDatasets,
  wikiCompReference,
  fetchDataset,
  type FetchDatasetOptions,
  type DatasetFile,
  type DatasetSource,
  type PublicDataset,
  type ReferenceFiles,
  verifyDataset,
  type VerifiedFile,
} from './public-datasets';
