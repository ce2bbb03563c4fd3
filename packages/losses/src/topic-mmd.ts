import * as tf from '@tensorflow/tfjs-core';
import {
  requireRefinedWords,
  requireShape,
  requireTopWords,
  type WeightedWords,
  withDefaults,
  type WordList,
} from './inputs';
import {
  DEFAULT_KERNEL,
  medianDistance,
  type MmdKernel,
  type MmdOptions,
  requireKernel,
  squaredDistances,
} from './mmd';
import { differentiable, normaliseRows } from './operations';

/**
 * Refined words of all topics, ready for the MMD loss. Holds distances among the refined words, no tensors; the
 * embeddings it was made from must outlive it.
 */
export interface PreparedTopicMmd {
  /**
   * The loss between these top words, one list per topic, and the refined words. Only distances that involve top words
   * are computed. The caller disposes the result.
   */
  atTopWords(topWords: readonly WordList[]): TopicMmd;
}

/**
 * Prepares the MMD loss of LLM-XTM, the mean over topics of the squared MMD between a topic's top words and its
 * refined words, so that a training step costs one small product per topic. Refined words change once per refinement
 * and come here; top words change once per epoch and come in `atTopWords`; weights change every step and come in
 * `TopicMmd.loss`.
 *
 * @param embeddings [words, dimensions], the words of all languages one below the other; rows need not be normalised
 * @param refinedWords one entry per topic
 * @throws LossInputError if a word is not a row of the embeddings, weights do not match words or there is no topic
 */
export function prepareTopicMmd(
  embeddings: tf.Tensor2D,
  refinedWords: readonly WeightedWords[],
  options: MmdOptions = {},
): PreparedTopicMmd {
  const kernel = withDefaults('prepareTopicMmd', options, DEFAULT_KERNEL);
  requireKernel('prepareTopicMmd', kernel);
  requireRefinedWords('prepareTopicMmd', embeddings, refinedWords);
  const withinRefined = refinedWords.map(({ words }) => distancesBetween(embeddings, words, words));
  return {
    atTopWords: (topWords) => {
      requireTopWords(topWords, refinedWords.length, embeddings.shape[0]);
      const distances = topWords.map((words, topic) => ({
        withinTop: distancesBetween(embeddings, words, words),
        between: distancesBetween(embeddings, words, refinedWords[topic]!.words),
        withinRefined: withinRefined[topic]!,
      }));
      const width = Math.max(1, ...topWords.map((words) => words.length));
      return new TopicMmd(buildKernels(distances, topWords, refinedWords, kernel), width);
    },
  };
}

function buildKernels(
  distances: readonly TopicDistances[],
  topWords: readonly WordList[],
  refinedWords: readonly WeightedWords[],
  kernel: MmdKernel,
): (TopicKernel | undefined)[] {
  return distances.map((topic, index) => {
    const { words, weights } = refinedWords[index]!;
    const hasWords = words.length > 0 && topWords[index]!.length > 0;
    return hasWords ? buildTopicKernel(topic, Array.from(weights), kernel) : undefined;
  });
}

/** Squared distances between the embeddings of two lists of words, row-major. */
function distancesBetween(embeddings: tf.Tensor2D, rows: WordList, columns: WordList): Float32Array {
  if (rows.length === 0 || columns.length === 0) return new Float32Array(0);
  return tf.tidy(() => {
    const directions = (words: WordList) =>
      normaliseRows(tf.gather(embeddings, tf.tensor1d(Array.from(words), 'int32')));
    return squaredDistances(directions(rows), directions(columns)).dataSync<'float32'>();
  });
}

/**
 * The MMD loss of LLM-XTM at given top words and refined words (`prepareTopicMmd`): kernels are evaluated, what is
 * left to give is the weights of the top words.
 */
export class TopicMmd {
  /** Bandwidth of each topic before multiples, `undefined` where the topic lacks top words or refined words. */
  readonly bandwidths: readonly (number | undefined)[];
  readonly #numTopics: number;
  readonly #numActive: number;
  readonly #width: number;
  /** [topics, width, width], zero where a topic is left out or has fewer words. */
  readonly #withinTop: tf.Tensor3D;
  /** [topics, width] */
  readonly #similarityToRefined: tf.Tensor2D;
  /** [topics] */
  readonly #refinedNorm: tf.Tensor1D;

  /**
   * @param kernels one per topic, `undefined` for a topic that is left out
   * @param width top words of the topic that has most
   */
  constructor(kernels: readonly (TopicKernel | undefined)[], width: number) {
    const withinTop = new Float32Array(kernels.length * width * width);
    const similarityToRefined = new Float32Array(kernels.length * width);
    kernels.forEach((kernel, topic) => {
      if (!kernel) return;
      const size = kernel.similarityToRefined.length;
      similarityToRefined.set(kernel.similarityToRefined, topic * width);
      for (let row = 0; row < size; row++) {
        withinTop.set(kernel.withinTop.subarray(row * size, (row + 1) * size), (topic * width + row) * width);
      }
    });
    this.bandwidths = kernels.map((kernel) => kernel?.bandwidth);
    this.#numTopics = kernels.length;
    this.#numActive = kernels.filter((kernel) => kernel !== undefined).length;
    this.#width = width;
    this.#withinTop = tf.tensor3d(withinTop, [kernels.length, width, width]);
    this.#similarityToRefined = tf.tensor2d(similarityToRefined, [kernels.length, width]);
    this.#refinedNorm = tf.tensor1d(kernels.map((kernel) => kernel?.refinedNorm ?? 0));
  }

  /**
   * Squared MMD of each topic → [topics], 0 for topics left out. Differentiable in the weights.
   *
   * @param weights of the top words [topics, longest list of top words], in the order in which the words were given;
   *   what lies beyond a topic's own list is ignored
   */
  perTopic(weights: tf.Tensor2D): tf.Tensor1D {
    requireShape('TopicMmd', 'weights', weights, [this.#numTopics, this.#width]);
    return tf.tidy(() => differentiable([weights], () => this.#evaluate(weights)));
  }

  /** Mean squared MMD over the topics that have refined words, 0 if none has. Takes what `perTopic` takes. */
  loss(weights: tf.Tensor2D): tf.Scalar {
    return tf.tidy(() => tf.div(tf.sum(this.perTopic(weights)), Math.max(this.#numActive, 1)));
  }

  dispose(): void {
    tf.dispose([this.#withinTop, this.#similarityToRefined, this.#refinedNorm]);
  }

  #evaluate(weights: tf.Tensor2D) {
    const shape: [number, number] = [this.#numTopics, this.#width];
    const rows = tf.reshape(weights, [this.#numTopics, 1, this.#width]);
    const similarityToTop = tf.reshape(tf.matMul(rows, this.#withinTop), shape);
    const excess = tf.sub(similarityToTop, this.#similarityToRefined);
    const quadratic = tf.sum(tf.mul(weights, tf.sub(excess, this.#similarityToRefined)), 1);
    return {
      value: tf.relu(tf.add(quadratic, this.#refinedNorm)) as tf.Tensor1D,
      saved: [excess],
      gradients: (gradient: tf.Tensor1D, [kept]: readonly tf.Tensor[]) => [
        tf.mul(kept!, tf.expandDims(tf.mul(2, gradient), 1)),
      ],
    };
  }
}

/** Squared distances of one topic's words, row-major. */
interface TopicDistances {
  /** [top words, top words] */
  readonly withinTop: Float32Array;
  /** [top words, refined words] */
  readonly between: Float32Array;
  /** [refined words, refined words] */
  readonly withinRefined: Float32Array;
}

/** What is left of one topic's squared MMD once refined words and their weights b are fixed: aᵀ·K·a − 2·aᵀ·c + s. */
interface TopicKernel {
  readonly bandwidth: number;
  /** K = k(X, X), [top words, top words] row-major. */
  readonly withinTop: Float64Array;
  /** c = k(X, Y)·b, [top words]. */
  readonly similarityToRefined: Float64Array;
  /** s = bᵀ·k(Y, Y)·b. */
  readonly refinedNorm: number;
}

/** Evaluates one topic's kernels in double precision. */
function buildTopicKernel(
  { withinTop, between, withinRefined }: TopicDistances,
  refinedWeights: readonly number[],
  { bandwidth: rule, multiples }: MmdKernel,
): TopicKernel {
  const bandwidth = rule === 'median' ? medianDistance([withinTop, withinRefined, between]) : rule;
  const scales = multiples.map((multiple) => -0.5 / (multiple * bandwidth) ** 2);
  const evaluate = (squared: Float32Array) =>
    Float64Array.from(squared, (distance) => meanExponential(distance, scales));
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
  return product.map((_, row) =>
    vector.reduce((sum, value, column) => sum + value * matrix[row * vector.length + column]!, 0),
  );
}
