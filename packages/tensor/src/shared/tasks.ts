import { defineLayout } from './layout';

/**
 * Passes over tasks, which kernels know by their place: two over one of the mutual information, in this order, three
 * over one of a decoder, and the only one over a product.
 */
export const PASSES = [
  'scoreAnchors',
  'alignWords',
  'normaliseLogits',
  'scoreDocuments',
  'differentiate',
  'multiply',
] as const;

export type Pass = (typeof PASSES)[number];

/** What all threads of a memory know. */
export const JOB = defineLayout({
  /** Passes begun so far; threads without work wait for it to change. */
  begun: 'computed i32',
  /** The part that is taken next, and how many are finished, in this pass. */
  next: 'i32',
  finished: 'computed i32',
  numParts: 'i32',
  /** What is computed, and the task's address. */
  pass: 'computed i32',
  task: 'computed usize',
});

/** Words of one language, padded with zero vectors to a multiple of 64. */
export const SIDE = defineLayout({
  /** Words, words after padding, and anchors, which come first. */
  count: 'i32',
  padded: 'i32',
  anchors: 'i32',
  /** Floats of a vector, and after padding to a multiple of 8. */
  width: 'i32',
  paddedWidth: 'i32',
  /** Position in the caller's order of each word, [count]. */
  order: 'usize',
  /** Unit vectors [padded, width]. */
  vectors: 'usize',
  /** The same in panels of 8 words, [padded / 8][width][8]. */
  wordPanels: 'usize',
  /** The same in panels of 8 elements, [paddedWidth / 8][padded][8]. */
  elementPanels: 'usize',
  /** Gradients of the vectors without the factor 1/τ, in panels of 8 elements. */
  gradients: 'usize',
  /** r or s of each word, and its negatives with the floor of the logarithm, [padded]. */
  pulls: 'usize',
  bases: 'usize',
  /**
   * Special pairs of each word [padded + 1]: positions in the other side's order, and the pair's weights in the
   * direction whose anchors are this side's, and in the other; 0 where it is no positive.
   */
  indptr: 'usize',
  indices: 'usize',
  weights: 'usize',
  otherWeights: 'usize',
});

/** Scratch memory of one block of 32 words. */
export const SCRATCH = defineLayout({
  /** Rows of exponentials, `stride` bytes apart. */
  exponentials: 'usize',
  stride: 'usize',
  /** Coefficients of 32×64 pairs in strips of four words of the block, and of the other side. */
  ownStrips: 'usize',
  otherStrips: 'usize',
  /** Vectors in strips of four words. */
  vectorStrips: 'usize',
  /** Exponentials of one word's special pairs. */
  powers: 'usize',
});

/** A share of the mutual information's work. */
export const PART = defineLayout({
  /** Copy of the first `Side` with gradients of its own. */
  first: 'usize',
  /** Its `Scratch`. */
  scratch: 'usize',
  /** Its anchors of the first side, and its words of the second. */
  anchorsBegin: 'i32',
  anchorsEnd: 'i32',
  wordsBegin: 'i32',
  wordsEnd: 'i32',
  loss: 'computed f64',
});

/** The mutual information of words of two languages. */
export const ALIGNMENT_TASK = defineLayout({
  /** Its `Part`s. */
  parts: 'usize',
  /** Both `Side`s. */
  first: 'usize',
  second: 'usize',
  inverseTemperature: 'f32',
});

/** out [rows, columns] = a [rows, depth] × b [depth, columns]; strides are bytes. */
export const PRODUCT_TASK = defineLayout({
  rows: 'i32',
  columns: 'i32',
  depth: 'i32',
  /** 1 where the product is added to what stands in `out`, else 0. */
  accumulate: 'i32',
  a: 'usize',
  aRowStride: 'usize',
  aColumnStride: 'usize',
  b: 'usize',
  bRowStride: 'usize',
  bColumnStride: 'usize',
  out: 'usize',
  /** Parts that have something to do; each packs an operand of its own. */
  shares: 'i32',
  /** Scratch of each of them. */
  scratches: 'usize',
  scratchBytes: 'usize',
});

/** A decoder's loss of a batch of documents, and its gradients. */
export const DECODER_TASK = defineLayout({
  rows: 'i32',
  columns: 'i32',
  topics: 'i32',
  /** Whether probabilities are kept from 0 by adding the floor, 0, or by clamping at it, 1. */
  mode: 'i32',
  floor: 'f32',
  epsilon: 'f32',
  /** Bytes of a row of the normalised logits, of their exponentials and of what has one number per column: 64·n. */
  stride: 'usize',
  /** Topic proportions [rows, topics], weights [topics, columns], and the shift, very negative in padding columns. */
  theta: 'usize',
  beta: 'usize',
  shift: 'usize',
  largestShift: 'computed f32',
  /** Words of the documents. */
  indptr: 'usize',
  indices: 'usize',
  counts: 'usize',
  /** Of the logits: normalised, exponentials of that with the shift, statistics. */
  normalised: 'usize',
  exponentials: 'usize',
  mean: 'usize',
  variance: 'usize',
  inverseDeviation: 'usize',
  /** Losses [rows], and what the exponentials are multiplied by for the gradient of the normalised logits [rows]. */
  losses: 'usize',
  factors: 'usize',
  betaGradient: 'usize',
  shiftGradient: 'usize',
  thetaGradient: 'usize',
  /** Of each part: sums of rows [rows] of four lanes, share in theta's gradient, scratch of products. */
  rowSums: 'usize',
  thetaGradients: 'usize',
  products: 'usize',
  productBytes: 'usize',
});
