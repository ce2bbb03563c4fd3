export { gradientError, type GradientCheckSettings } from './finite-differences';
export { denseRows, randomRows, randomTensor } from './random-inputs';
export { relativeDifference } from './relative-difference';
export { TEST_BACKEND, TEST_BACKENDS } from './test-backends';
