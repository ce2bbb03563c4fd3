export { AlignedEmbedder } from './aligned/aligned-embedder';
export type { AlignedOptions } from './aligned/aligned-options';
export { embedAll, type BatchOptions, type EmbedAllOptions } from './embed-all';
export { EmbeddingStore } from './store/embedding-store';
export type { Precision } from './store/vector-record';
export { TextEmbedder, type TextEmbedderOptions } from './text-embedder';
export { PrecomputedEmbedder } from './precomputed/precomputed-embedder';
export { openOnnxModel } from './onnx/onnx-embedding-model';
export type { OnnxModelOptions } from './onnx/onnx-model-options';
