// Written by `npm run build:shared` from src/shared/tasks.ts, which says what the fields are.
export const enum Pass {
  scoreAnchors = 0,
  alignWords = 1,
  normaliseLogits = 2,
  scoreDocuments = 3,
  differentiate = 4,
  multiply = 5,
}

@unmanaged
export class Job {
  begun: i32;
  next: i32;
  finished: i32;
  numParts: i32;
  pass: i32;
  task: usize;
}

@unmanaged
export class Side {
  count: i32;
  padded: i32;
  anchors: i32;
  width: i32;
  paddedWidth: i32;
  order: usize;
  vectors: usize;
  wordPanels: usize;
  elementPanels: usize;
  gradients: usize;
  pulls: usize;
  bases: usize;
  indptr: usize;
  indices: usize;
  weights: usize;
  otherWeights: usize;
}

@unmanaged
export class Scratch {
  exponentials: usize;
  stride: usize;
  ownStrips: usize;
  otherStrips: usize;
  vectorStrips: usize;
  powers: usize;
}

@unmanaged
export class Part {
  first: usize;
  scratch: usize;
  anchorsBegin: i32;
  anchorsEnd: i32;
  wordsBegin: i32;
  wordsEnd: i32;
  loss: f64;
}

@unmanaged
export class AlignmentTask {
  parts: usize;
  first: usize;
  second: usize;
  inverseTemperature: f32;
}

@unmanaged
export class ProductTask {
  rows: i32;
  columns: i32;
  depth: i32;
  accumulate: i32;
  a: usize;
  aRowStride: usize;
  aColumnStride: usize;
  b: usize;
  bRowStride: usize;
  bColumnStride: usize;
  out: usize;
  shares: i32;
  scratches: usize;
  scratchBytes: usize;
}

@unmanaged
export class DecoderTask {
  rows: i32;
  columns: i32;
  topics: i32;
  mode: i32;
  floor: f32;
  epsilon: f32;
  stride: usize;
  theta: usize;
  beta: usize;
  shift: usize;
  largestShift: f32;
  indptr: usize;
  indices: usize;
  counts: usize;
  normalised: usize;
  exponentials: usize;
  mean: usize;
  variance: usize;
  inverseDeviation: usize;
  losses: usize;
  factors: usize;
  betaGradient: usize;
  shiftGradient: usize;
  thetaGradient: usize;
  rowSums: usize;
  thetaGradients: usize;
  products: usize;
  productBytes: usize;
}
