// The mutual information in a memory of its own, which threads share.
export { loadSide, unloadGradients } from './mutual-information';
export { compute, serve } from './alignment-threads';
