export type {
  Language,
  DenseMatrix,
  SparseRows,
  Corpus,
  CorpusLanguage,
  DocumentMetadata,
  DocumentSet,
  MetadataValue,
  WordPairs,
} from './corpus';
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
  BackboneResources,
  EncoderShape,
  TrainingDefaults,
} from './backbone';
export type {
  BackboneDefinition,
  BackboneSpecification,
  BaselineDefinition,
  BaselineSpecification,
  EmbeddingTopicModel,
  FittedBaseline,
  ModelChoice,
  ModelDefinition,
  ModelFactory,
} from './model';
export { defineBackbone, defineBaseline, modelFactory } from './model';
export type {
  DocumentTopics,
  Progress,
  RunOptions,
  Topic,
  TopicModel,
  TransformOptions,
  WordRanking,
} from './topic-model';
export type { DocumentsToEmbed, Embedder, EmbeddingFacts, EmbeddingModel } from './embedder';
export type { ChatMessage, ChatModel, ChatReply, ChatSettings, TokenUsage } from './chat-model';
export type { RefinedTopic, RefinementContext, RefinementReply, RefinementRound, TopicRefiner } from './topic-refiner';
export {
  errorCode,
  XtmError,
  type XtmErrorOptions,
  DataFormatError,
  type DataPlace,
  MissingFileError,
  InvalidOptionError,
  EmptyCorpusError,
  MissingNeedError,
  AbortedError,
  BackendError,
  BackendLibraryError,
  BackendMemoryError,
  BackendMissingError,
  CudaError,
  NoGpuError,
  UnlinkedLanguagesError,
  TrainingDivergedError,
  RunFolderError,
  EndpointError,
  type EndpointFailure,
  WriteError,
  explainWriteError,
  BudgetExceededError,
  type BudgetLimit,
} from './errors';
export {
  describeIssue,
  parseOptions,
  type OptionsIssue,
  type OptionsSchema,
  type OptionValues,
} from './parse-options';
