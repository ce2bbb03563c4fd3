// What the compiled module (`rust/`) exports. Every call takes the memory that tensors lie in; addresses are byte
// offsets into it, 0 standing for an array that is not there, and strides are counted in floats. Inputs and outputs must
// not overlap. A call throws if an array is not inside the memory.

/** The compiled module. */
export interface NativeModule {
  readonly Kernels: new (threads: number) => Kernels;
  readonly WordContrast: new (first: ContrastSide, second: ContrastSide) => WordContrast;
  /** The widest vectors that are used on this processor, `AVX-512`, `AVX2` or `NEON`; null if it is too old. */
  instructions(): string | null;
}

/** All kernels, with the threads that share their work; results are the same to the bit for any number of them. */
export interface Kernels {
  /** output [a.rows, b.columns] = a·b, plus a row of constants [b.columns] in every row. */
  multiply(memory: ArrayBufferLike, a: Operand, b: Operand, constants: number, output: number): void;
  /** Sums of columns: output [columns] of x [rows, columns]. */
  sumRows(memory: ArrayBufferLike, rows: number, columns: number, x: number, output: number): void;
  /** output [rows, width] = sparse·dense [columns, width], plus a bias [width] in every row. */
  sparseTimesDense(...sparse: [...SparseArguments, shape: Shape, dense: number, bias: number, output: number]): void;
  /** output [columns, width] = transpose of sparse·dense [rows, width]. */
  sparseTransposeTimesDense(...sparse: [...SparseArguments, shape: Shape, dense: number, output: number]): void;
  /** output [width, columns] = scale·dense [width, rows]·(sparse + constants·1ᵀ) + addendScale·addend. */
  denseTimesSparse(
    ...sparse: [
      ...SparseArguments, constants: Float32Array, shape: Shape, terms: Terms, dense: number, output: number,
    ]
  ): void;
  /** output [width, rows] = scale·dense [width, columns]·transpose of (sparse + constants·1ᵀ). */
  denseTimesSparseTranspose(
    ...sparse: [
      ...SparseArguments, constants: Float32Array, shape: Shape, scale: number, dense: number, output: number,
    ]
  ): void;
  /** y = log(1 + e^x). */
  softplus(memory: ArrayBufferLike, length: number, x: number, y: number): void;
  /** Gradient of softplus' x, given that of y and y itself. */
  softplusGradient(memory: ArrayBufferLike, length: number, gradient: number, y: number, output: number): void;
  /**
   * output = x·mask, where the mask takes the place of uniform draws: 1/(1 − rate) where a draw reaches `rate`, else
   * 0; if rectified also 0 where x is not positive.
   */
  dropout(
    memory: ArrayBufferLike, length: number, x: number, mask: number, rate: number, rectify: boolean, output: number,
  ): void;
  /** output = factor·x. */
  scale(memory: ArrayBufferLike, length: number, x: number, factor: number, output: number): void;
  /** output = x·y, element by element. */
  multiplyElements(memory: ArrayBufferLike, length: number, x: number, y: number, output: number): void;
  /**
   * Normalises x [rows, columns] by its own statistics: `normalised` [rows, columns], `inverseDeviation` [columns],
   * output = normalised + shift. The running statistics learn from the batch. `epsilon` is added to variances.
   */
  batchNormalise(
    memory: ArrayBufferLike, rows: number, columns: number, x: number, shift: number, epsilon: number,
    running: RunningStatistics, normalised: number, inverseDeviation: number, output: number,
  ): void;
  /** Gradients of x [rows, columns] and of the shift [columns], given that of the output. */
  batchNormaliseGradient(
    memory: ArrayBufferLike, rows: number, columns: number, gradient: number, normalised: number,
    inverseDeviation: number, output: number, shiftGradient: number,
  ): void;
  /**
   * Losses [rows] of documents, given their words: where each document's begin, words, counts; and the gradients of the
   * losses' sum. The running statistics learn from the batch.
   */
  decode(
    memory: ArrayBufferLike, begins: Int32Array, words: Int32Array, counts: Float32Array, sizes: DecoderSizes,
    inputs: DecoderInputs, running: RunningStatistics, losses: number, gradients: DecoderGradients,
  ): void;
  /** The same gradients for any gradient of the losses [rows]. */
  decoderGradients(
    memory: ArrayBufferLike, begins: Int32Array, words: Int32Array, counts: Float32Array, sizes: DecoderSizes,
    inputs: DecoderInputs, gradient: number, gradients: DecoderGradients,
  ): void;
  /** output [rows, columns] = softmax over each row of mean + noise·e^(logVariance / 2). */
  drawSoftmax(
    memory: ArrayBufferLike, rows: number, columns: number, posterior: Gaussian, noise: number, output: number,
  ): void;
  /** Gradients of mean and log variance, given that of the softmax and the softmax itself. */
  drawSoftmaxGradient(
    memory: ArrayBufferLike, rows: number, columns: number, logVariance: number, noise: number, softmax: number,
    gradient: number, outputs: Gaussian,
  ): void;
  /**
   * Mean over the rows of the divergence of one Gaussian from another, and its gradients. The other one has as many
   * rows, or a single one for all; gradients whose addresses are 0 are not computed.
   */
  gaussianKl(
    memory: ArrayBufferLike, rows: number, columns: number, posterior: Gaussian, prior: Gaussian, priorRows: number,
    posteriorGradients: Gaussian, priorGradients: Gaussian,
  ): number;
  /** One Adam step of a parameter, in place. */
  adam(memory: ArrayBufferLike, length: number, tensors: AdamTensors, factors: AdamFactors): void;
  /** Sets values so small that they only slow arithmetic down to 0. */
  sweepNegligible(memory: ArrayBufferLike, length: number, x: number): void;
  sumOfSquares(memory: ArrayBufferLike, length: number, x: number): number;
}

/** A sparse matrix as rows: where each begins [rows + 1], columns, values. */
type SparseArguments = [memory: ArrayBufferLike, begins: Int32Array, columns: Int32Array, values: Float32Array];

/** InfoCTM's word contrast for one set of positives. */
export interface WordContrast {
  /** The sum of both directions' losses, not divided by the weights; sets the gradients of both sides' vectors. */
  compute(
    kernels: Kernels, memory: ArrayBufferLike, first: ContrastTensors, second: ContrastTensors,
    width: number, temperature: number,
  ): number;
}

/** A matrix as a product reads it, transposed or not. */
export interface Operand {
  readonly address: number;
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** Sizes of the sparse matrix, and the third one, of the dense matrix and the result. */
export interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly width: number;
}

/** What a product is scaled by and added to; `addend` is an address. */
export interface Terms {
  readonly scale: number;
  readonly addend: number;
  readonly addendScale: number;
}

/** Addresses of running statistics [columns]: running = (1 − momentum)·running + momentum·batch. */
export interface RunningStatistics {
  readonly mean: number;
  readonly variance: number;
  readonly momentum: number;
}

/** Documents, words of the vocabulary, topics. */
export interface DecoderSizes {
  readonly rows: number;
  readonly columns: number;
  readonly topics: number;
}

/** Addresses of topic proportions [rows, topics], topic-word weights [topics, columns], and factors. */
export interface DecoderInputs {
  readonly theta: number;
  readonly beta: number;
  /** Of the normalisation [columns]. */
  readonly shift: number;
  /** Added to variances. */
  readonly epsilon: number;
  /** How probabilities are kept from 0: this is added to them, or they are clamped at it. */
  readonly floor: number;
  readonly clamp: boolean;
}

/** Addresses of the gradients of theta, beta and the shift. */
export interface DecoderGradients {
  readonly theta: number;
  readonly beta: number;
  readonly shift: number;
}

/** Addresses of means and log variances [rows, columns]. */
export interface Gaussian {
  readonly mean: number;
  readonly logVariance: number;
}

/** Addresses. */
export interface AdamTensors {
  readonly parameter: number;
  readonly gradient: number;
  readonly first: number;
  readonly second: number;
}

/**
 * m = firstKept·m + firstTaken·s·g, v = secondKept·v + secondTaken·(s·g)², p −= stepSize·m / (√v·secondScale +
 * epsilon), where s is `gradientScale`.
 */
export interface AdamFactors {
  readonly gradientScale: number;
  readonly stepSize: number;
  readonly firstKept: number;
  readonly firstTaken: number;
  readonly secondKept: number;
  readonly secondTaken: number;
  readonly secondScale: number;
  readonly epsilon: number;
}

/**
 * The words of one language: how many there are, how many of them have positives, in which order they are taken
 * [count], those with positives first; and each word's special pairs in that order: where they begin [count + 1],
 * positions of the other words, weights as positives of this side's word, and of the other's.
 */
export interface ContrastSide {
  readonly count: number;
  readonly anchors: number;
  readonly order: Int32Array;
  readonly begins: Int32Array;
  readonly others: Int32Array;
  readonly weights: Float32Array;
  readonly otherWeights: Float32Array;
}

/** Addresses of a side's unit vectors and of their gradients [count, width]. */
export interface ContrastTensors {
  readonly vectors: number;
  readonly gradients: number;
}
