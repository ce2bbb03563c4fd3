// Kernels in a memory of their own, which threads share.
export { MULTIPLY_SCRATCH, columnsScratch } from './matrix-product';
export { loadSide, unloadGradients } from './alignment-side';
export { sumParts } from './alignment-task';
export { largestShift, sumThetaGradients } from './decoder';
export { run, serve } from './threads';
