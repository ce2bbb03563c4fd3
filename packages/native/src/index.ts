export type {
  AdamFactors,
  AdamTensors,
  ContrastSide,
  ContrastTensors,
  DecoderGradients,
  DecoderInputs,
  DecoderSizes,
  Gaussian,
  Kernels,
  NativeModule,
  Operand,
  RunningStatistics,
  Shape,
  Terms,
  WordContrast,
} from './kernels';
export { loadNative, nativeTarget } from './load-native';
