import { medianDistance, type MmdKernel } from './bandwidth';

/** Squared distances of one topic's words, row-major. */
export interface TopicDistances {
  /** [top words, top words] */
  readonly withinTop: Float32Array;
  /** [top words, refined words] */
  readonly between: Float32Array;
  /** [refined words, refined words] */
  readonly withinRefined: Float32Array;
}

/** What is left of one topic's squared MMD once refined words and their weights b are fixed: aᵀ·K·a − 2·aᵀ·c + s. */
export interface TopicKernel {
  readonly bandwidth: number;
  /** K = k(X, X), [top words, top words] row-major. */
  readonly withinTop: Float64Array;
  /** c = k(X, Y)·b, [top words]. */
  readonly similarityToRefined: Float64Array;
  /** s = bᵀ·k(Y, Y)·b. */
  readonly refinedNorm: number;
}

/** Evaluates one topic's kernels in double precision. */
export function buildTopicKernel(
  { withinTop, between, withinRefined }: TopicDistances,
  refinedWeights: readonly number[],
  { bandwidth: rule, multiples }: MmdKernel,
): TopicKernel {
  const bandwidth = rule === 'median' ? medianDistance([withinTop, withinRefined, between]) : rule;
  const scales = multiples.map((multiple) => -0.5 / (multiple * bandwidth) ** 2);
  const evaluate = (squared: Float32Array) => Float64Array.from(squared, (distance) => meanExponential(distance, scales));
  const similarityToRefined = multiply(evaluate(between), refinedWeights);
  const refinedSimilarity = multiply(evaluate(withinRefined), refinedWeights);
  const refinedNorm = refinedSimilarity.reduce((sum, similarity, word) => sum + similarity * refinedWeights[word]!, 0);
  return { bandwidth, withinTop: evaluate(withinTop), similarityToRefined, refinedNorm };
}

function meanExponential(squaredDistance: number, scales: readonly number[]): number {
  return scales.reduce((sum, scale) => sum + Math.exp(scale * squaredDistance), 0) / scales.length;
}

/** A row-major matrix [rows, vector length] times a vector. */
function multiply(matrix: Float64Array, vector: readonly number[]): Float64Array {
  const product = new Float64Array(matrix.length / vector.length);
  return product.map((_, row) => vector.reduce((sum, value, column) => sum + value * matrix[row * vector.length + column]!, 0));
}
