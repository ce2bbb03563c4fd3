export { AlignedEmbedder } from './aligned/aligned-embedder';
export type { AlignedOptions } from './aligned/aligned-options';
export { embedAll, type BatchOptions, type EmbedAllOptions } from './embed-all';
export { EmbeddingStore, type Precision } from './embedding-store';
export { TextEmbedder, type DocumentVectors, type TextEmbedderOptions } from './text-embedder';
export { PrecomputedEmbedder, writeEmbeddings } from './precomputed-embedder';
export { openOnnxModel, type OnnxModelOptions } from './onnx/onnx-embedding-model';
export { TextTokenizer } from './onnx/text-tokenizer';
export {
  encoderCatalogue,
  encoderNames,
  graphPrecisions,
  type CatalogueEntry,
  type CatalogueGraph,
  type EncoderName,
  type GraphPrecision,
} from './catalogue/encoder-catalogue';
export { findEncoders, modelsFolder, type InstalledEncoder } from './catalogue/find-encoders';
export { fetchModel, modelFolder, type FetchModelOptions } from './catalogue/fetch-model';
export {
  chooseEmbedder,
  createEmbedder,
  embedderNames,
  embedders,
  findEmbedder,
  readsTexts,
} from './create-embedder';
export { encoder, endpoint, onnx, type EncoderOptions, type StorageOptions } from './text-embedders';
export { aligned, precomputed } from './word-embedders';
