export {
  useBackend,
  type BackendOptions,
  type BackendAttempt,
  type BackendName,
  BACKENDS,
  type BackendReport,
  type BackendRequest,
  type ComputePath,
} from './backend/use-backend';
export { describeNvidia, inspectNvidia, type NvidiaCard, type NvidiaSystem } from './backend/nvidia-system';
export { sparseDense, denseSparse, type DenseSparseTerms, matMul, affine } from './operations/products';
export {
  batchNormalise,
  type Normalisation,
  softplus,
  decoderLoss,
  type DecoderLossSettings,
  type ProbabilityFloor,
} from './operations/decoder-loss';
export { mutualInformation } from './operations/mutual-information';
export { drawSoftmax, gaussianKl } from './operations/posterior';
export {
  collectVariables,
  disposeVariables,
  type Layer,
  Linear,
  BatchNorm,
  type BatchNormSettings,
  dropout,
  reluDropout,
  normalTensor,
  uniformTensor,
  xavierUniform,
} from './layers';
export {
  computeGradients,
  type LossGradients,
  Adam,
  type AdamSettings,
  decayLearningRate,
  type StepDecay,
} from './optimiser';
export {
  decodeSafetensors,
  encodeSafetensors,
  type ElementType,
  type SafetensorsContent,
  type StoredTensor,
  assignVariables,
  readVariables,
} from './safetensors';
