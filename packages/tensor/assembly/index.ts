// Kernels on raw addresses inside tfjs-backend-wasm's own memory. They allocate nothing and hold no data.
export { MULTIPLY_SCRATCH, multiply } from './matrix-product';
export { sparseTimesDense, sparseTransposeTimesDense, sumRows } from './sparse-product';
export { denseTimesSparse, denseTimesSparseTranspose } from './dense-sparse';
export { softplus, softplusGradient } from './softplus';
export { dropout, multiplyElements } from './dropout';
export { batchNormalise, batchNormaliseGradient, learnRunning } from './normalisation';
export { adam, sumOfSquares, sweepNegligible } from './adam';
