import * as tf from '@tensorflow/tfjs-core';
import { requireRefinedWords, requireShape, requireTopWords, type WeightedWords, type WordList } from '../inputs';
import { cosines, differentiable } from '../operations';
import { feasiblePlan, resolveSinkhornOptions, shares, type SinkhornOptions } from './optimal-transport';
import { rowWeightGradient } from './plan-gradients';
import { type Grid, planAt, type Potentials, solvePotentials, type TransportProblem } from './potentials';

/** Refined words of all topics, ready for the transport cost; the embeddings it was made from must outlive it. */
export interface PreparedTopicTransport {
  /** The cost between these top words, one list per topic, and the refined words. */
  atTopWords(topWords: readonly WordList[]): TopicTransport;
}

/**
 * Prepares the optimal transport ablation of LLM-XTM, the mean over topics of `optimalTransport` from a topic's top
 * words to its refined words. Used as `prepareTopicMmd`: refined words come here, top words once per epoch in
 * `atTopWords`, weights every step in `TopicTransport.loss`.
 *
 * @param embeddings [words, dimensions], the words of all languages one below the other; rows need not be normalised
 * @param refinedWords one entry per topic
 * @throws LossInputError if a word is not a row of the embeddings, weights do not match words or weigh nothing, there
 *   is no topic or an option is out of range
 */
export function prepareTopicTransport(
  embeddings: tf.Tensor2D,
  refinedWords: readonly WeightedWords[],
  options: SinkhornOptions = {},
): PreparedTopicTransport {
  const resolved = resolveSinkhornOptions('prepareTopicTransport', options);
  requireRefinedWords('prepareTopicTransport', embeddings, refinedWords);
  const refinedWeights = refinedWords.map(({ words, weights }) =>
    words.length === 0 ? new Float64Array(0) : shares('prepareTopicTransport', 'refinedWords', weights),
  );
  return {
    atTopWords: (topWords) => {
      requireTopWords(topWords, refinedWords.length, embeddings.shape[0]);
      const topics = topWords.map((words, topic) => {
        const refined = refinedWords[topic]!.words;
        return words.length === 0 || refined.length === 0
          ? undefined
          : { cost: costsBetween(embeddings, words, refined), refinedWeights: refinedWeights[topic]! };
      });
      return new TopicTransport(topics, Math.max(1, ...topWords.map((words) => words.length)), resolved);
    },
  };
}

/** 1 − cos of the embeddings of two lists of words. */
function costsBetween(embeddings: tf.Tensor2D, rows: WordList, columns: WordList): Grid {
  const similarities = tf.tidy(() => {
    const gather = (words: WordList) => tf.gather(embeddings, tf.tensor1d(Array.from(words), 'int32'));
    return cosines(gather(rows), gather(columns)).dataSync<'float32'>();
  });
  return {
    rows: rows.length,
    columns: columns.length,
    data: Float64Array.from(similarities, (similarity) => 1 - similarity),
  };
}

/** A topic's top words and refined words. */
interface TopicCost {
  /** 1 − cos [top words, refined words]. */
  readonly cost: Grid;
  /** [refined words], sums to 1. */
  readonly refinedWeights: Float64Array;
}

/** Cost of one topic and how it changes with the weights of the top words. */
interface TopicResult {
  readonly cost: number;
  /** [top words] */
  readonly gradient: Float64Array;
}

/**
 * The transport ablation of LLM-XTM at given top words and refined words (`prepareTopicTransport`): costs are
 * evaluated, what is left to give is the weights of the top words. Holds no tensors.
 */
export class TopicTransport {
  readonly #topics: readonly (TopicCost | undefined)[];
  readonly #width: number;
  readonly #options: Required<SinkhornOptions>;
  /** Potentials of each topic's refined words at the last weights, near to those at the next. */
  readonly #potentials: (Float64Array | undefined)[] = [];

  /**
   * @param topics one per topic, `undefined` for a topic that is left out
   * @param width top words of the topic that has most
   */
  constructor(topics: readonly (TopicCost | undefined)[], width: number, options: Required<SinkhornOptions>) {
    this.#topics = topics;
    this.#width = width;
    this.#options = options;
  }

  /**
   * Mean transport cost over the topics that have refined words, 0 if none has. Differentiable in the weights; all
   * topics are one operation, on the host.
   *
   * @param weights of the top words [topics, longest list of top words], in the order in which the words were given;
   *   what lies beyond a topic's own list is ignored
   * @throws LossInputError if the shape does not fit, or weights of a topic are negative, not finite or all 0
   */
  loss(weights: tf.Tensor2D): tf.Scalar {
    requireShape('TopicTransport', 'weights', weights, [this.#topics.length, this.#width]);
    return tf.tidy(() => differentiable([weights], () => {
      const results = this.#evaluate(weights.dataSync<'float32'>());
      const numActive = Math.max(1, results.filter((result) => result !== undefined).length);
      return {
        value: tf.scalar(results.reduce((sum, result) => sum + (result?.cost ?? 0), 0) / numActive),
        saved: [],
        gradients: (gradient: tf.Scalar) => [tf.mul(this.#gradientTensor(results, numActive), gradient)],
      };
    }));
  }

  #evaluate(weights: Float32Array): (TopicResult | undefined)[] {
    return this.#topics.map((topic, index) => {
      if (topic === undefined) return undefined;
      const start = index * this.#width;
      const { potentials, ...result } = transportOf(
        topic,
        weights.subarray(start, start + topic.cost.rows),
        this.#options,
        this.#potentials[index],
      );
      this.#potentials[index] = potentials.column;
      return result;
    });
  }

  #gradientTensor(results: readonly (TopicResult | undefined)[], numActive: number): tf.Tensor2D {
    const gradients = new Float32Array(results.length * this.#width);
    results.forEach(
      (result, topic) =>
        result &&
        gradients.set(
          result.gradient.map((value) => value / numActive),
          topic * this.#width,
        ),
    );
    return tf.tensor2d(gradients, [results.length, this.#width]);
  }
}

function transportOf(
  { cost, refinedWeights }: TopicCost,
  weights: Float32Array,
  { regularisation, ...stopping }: Required<SinkhornOptions>,
  start?: Float64Array,
): TopicResult & { potentials: Potentials } {
  const rowWeights = shares('TopicTransport', 'weights', weights);
  const problem: TransportProblem = { cost, rowWeights, columnWeights: refinedWeights, regularisation };
  const potentials = solvePotentials(problem, stopping, start);
  const plan = feasiblePlan(planAt(problem, potentials), problem);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const slopes = rowWeightGradient(problem, potentials, cost);
  const mean = slopes.reduce((sum, slope, i) => sum + rowWeights[i]! * slope, 0);
  return {
    potentials,
    cost: plan.data.reduce((sum, mass, index) => sum + mass * cost.data[index]!, 0),
    gradient: slopes.map((slope) => (slope - mean) / total),
  };
}
