export type {
  AdamFactors,
  AdamTensors,
  ContrastSide,
  ContrastTensors,
  DecoderGradients,
  DecoderInputs,
  DecoderSizes,
  Kernels,
  NativeModule,
  Normalisation,
  Operand,
  ProbabilityFloor,
  Shape,
  Terms,
  WordContrast,
} from './kernels';
export { loadNative, nativeTarget } from './load-native';
