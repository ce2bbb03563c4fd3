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
  BackboneOutput,
  Batch,
  FeatureStatistics,
  ForwardContext,
  Inference,
  InferenceNormalisation,
  LanguageBatch,
  Normalisation,
  TopicEncoder,
  EncoderShape,
  TrainingDefaults,
} from './backbone';
export type { ModelNeed, ModelResources } from './resources';
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
export {
  defineEmbedder,
  type DocumentsToEmbed,
  type Embedder,
  type EmbedderChoice,
  type EmbedderDefinition,
  type EmbedderFactory,
  type EmbedderSurroundings,
  type EmbeddingFacts,
  type EmbeddingModel,
} from './embedder';
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
  type OptionalWhereEmpty,
  type OptionsSchema,
  type OptionValues,
} from './parse-options';
