export { LetterModel } from './letter-model';
export type { EncoderOutput } from './tiny-model/encoder-graph';
export type { EncoderShape } from './tiny-model/encoder-shape';
export type { WeightSource } from './tiny-model/random-weights';
export { referenceEncoder } from './tiny-model/reference-encoder';
export { type EncoderModelOptions, TINY_SHAPE } from './tiny-model/write-encoder-model';
export { type ModelFolderOptions, writeModelFolder } from './tiny-model/write-model-folder';
