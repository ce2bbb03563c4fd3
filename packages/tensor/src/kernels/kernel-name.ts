/** Names under which xtm's kernels stand in TensorFlow.js' registry. */
export type KernelName =
  | 'XtmMultiply'
  | 'XtmAffine'
  | 'XtmSumRows'
  | 'XtmSparseTimesDense'
  | 'XtmSparseTransposeTimesDense'
  | 'XtmDenseTimesSparse'
  | 'XtmDenseTimesSparseTranspose'
  | 'XtmSoftplus'
  | 'XtmSoftplusGradient'
  | 'XtmBatchNormalise'
  | 'XtmBatchNormaliseGradient'
  | 'XtmDecode'
  | 'XtmDecodeGradient'
  | 'XtmAdam'
  | 'XtmSumOfSquares'
  | 'XtmMutualInformation';
