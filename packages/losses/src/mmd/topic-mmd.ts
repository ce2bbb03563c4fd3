import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from '../internal/differentiable';
import { requireShape } from '../internal/requirements';
import type { TopicKernel } from './topic-kernel';

/**
 * The MMD loss of LLM-XTM at given top words and refined words (`prepareTopicMmd`): kernels are evaluated, what is left
 * to give is the weights of the top words.
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
   * @param kernels one a topic, `undefined` for a topic that is left out
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
