export type { Language } from './language';
export type { DenseMatrix, SparseRows } from './matrix';
export type { Corpus, CorpusLanguage, DocumentMetadata, DocumentSet, MetadataValue, WordPairs } from './corpus';
export type { NoiseSource, RandomGenerator, RandomState } from './random';
export type {
  Backbone,
  BackboneNeed,
  BackboneOutput,
  Batch,
  FeatureStatistics,
  ForwardContext,
  Inference,
  InferenceNormalisation,
  LanguageBatch,
  Normalisation,
  TopicEncoder,
} from './backbone';
export type { BackboneDefinition, BackboneResources, EncoderShape, TrainingDefaults } from './backbone-definition';
export type { BaselineDefinition, EmbeddingTopicModel, FittedBaseline } from './baseline-definition';
export type { DocumentTopics, Progress, RunOptions, Topic, TopicModel, TransformOptions, WordRanking } from './topic-model';
export type { DocumentsToEmbed, Embedder, EmbeddingFacts, EmbeddingModel } from './embedder';
export type { ChatMessage, ChatModel, ChatReply, ChatSettings, TokenUsage } from './chat-model';
export type { RefinedTopic, RefinementContext, RefinementReply, RefinementRound, TopicRefiner } from './topic-refiner';
export { errorCode, XtmError, type XtmErrorOptions } from './errors/xtm-error';
export { DataFormatError, type DataPlace } from './errors/data-format-error';
export { MissingFileError } from './errors/missing-file-error';
export { InvalidOptionError } from './errors/invalid-option-error';
export { EmptyCorpusError } from './errors/empty-corpus-error';
export { MissingNeedError } from './errors/missing-need-error';
export { AbortedError } from './errors/aborted-error';
export { BackendError } from './errors/backend-error';
export { BackendLibraryError } from './errors/backend-library-error';
export { BackendMemoryError } from './errors/backend-memory-error';
export { BackendMissingError } from './errors/backend-missing-error';
export { CudaError } from './errors/cuda-error';
export { NoGpuError } from './errors/no-gpu-error';
export { UnlinkedLanguagesError } from './errors/unlinked-languages-error';
export { TrainingDivergedError } from './errors/training-diverged-error';
export { RunFolderError } from './errors/run-folder-error';
export { EndpointError, type EndpointFailure } from './errors/endpoint-error';
export { WriteError, explainWriteError } from './errors/write-error';
export { BudgetExceededError, type BudgetLimit } from './errors/budget-exceeded-error';
export { describeIssue, parseOptions, type OptionsIssue, type OptionsSchema } from './parse-options';
