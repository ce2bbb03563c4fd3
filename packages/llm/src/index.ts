export { cacheFolder } from './reply-cache';
export {
  endpointPresets,
  presetNames,
  type EndpointPreset,
  type PresetName,
  type EndpointOptions,
} from './endpoint-options';
export {
  chatModelSchema,
  createChatModel,
  type EndpointChatModel,
  type SpendingSummary,
  type ChatModelOptions,
} from './chat-model';
export {
  createEmbeddingModel,
  embeddingModelSchema,
  type EndpointEmbeddingModel,
  type EmbeddingModelOptions,
} from './embedding-model';
export { type BudgetOptions, costOf, type TokenPrices, estimateTokens, type UsageSummary } from './budget';
export { redactSecrets } from './secrets';
export { mapInParallel } from './throttling';
export { isPassing } from './request-failure';
