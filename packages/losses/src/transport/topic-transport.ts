import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from '../internal/differentiable';
import { requireShape } from '../internal/requirements';
import { feasiblePlan } from './feasible-plan';
import type { Grid } from './grid';
import { rowWeightGradient } from './plan-gradients';
import { shares } from './shares';
import type { SinkhornOptions } from './sinkhorn-options';
import { solvePotentials } from './solve-potentials';
import { planAt, type Potentials, type TransportProblem } from './transport-problem';

/** A topic's top words and refined words. */
export interface TopicCost {
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
 * The transport ablation of LLM-XTM at given top words and refined words (`prepareTopicTransport`): costs are evaluated,
 * what is left to give is the weights of the top words. Holds no tensors.
 */
export class TopicTransport {
  readonly #topics: readonly (TopicCost | undefined)[];
  readonly #width: number;
  readonly #options: Required<SinkhornOptions>;
  /** Potentials of each topic's refined words at the last weights, near to those at the next. */
  readonly #potentials: (Float64Array | undefined)[] = [];

  /**
   * @param topics one a topic, `undefined` for a topic that is left out
   * @param width top words of the topic that has most
   */
  constructor(topics: readonly (TopicCost | undefined)[], width: number, options: Required<SinkhornOptions>) {
    this.#topics = topics;
    this.#width = width;
    this.#options = options;
  }

  /**
   * Mean transport cost over the topics that have refined words, 0 if none has. Differentiable in the weights; all topics
   * are one operation, on the host.
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
      const { potentials, ...result } = transportOf(topic, weights.subarray(start, start + topic.cost.rows), this.#options, this.#potentials[index]);
      this.#potentials[index] = potentials.column;
      return result;
    });
  }

  #gradientTensor(results: readonly (TopicResult | undefined)[], numActive: number): tf.Tensor2D {
    const gradients = new Float32Array(results.length * this.#width);
    results.forEach((result, topic) => result && gradients.set(result.gradient.map((value) => value / numActive), topic * this.#width));
    return tf.tensor2d(gradients, [results.length, this.#width]);
  }
}

function transportOf({ cost, refinedWeights }: TopicCost, weights: Float32Array, { regularisation, ...stopping }: Required<SinkhornOptions>, start?: Float64Array): TopicResult & { potentials: Potentials } {
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
