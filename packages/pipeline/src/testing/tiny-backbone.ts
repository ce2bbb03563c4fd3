import * as tf from '@tensorflow/tfjs-core';
import { type Backbone, type BackboneOutput, type Batch, defineBackbone, type EncoderShape, type ForwardContext, type Inference, type NoiseSource, type SparseRows, type TopicEncoder } from '@xtm/contracts';
import { BatchNorm, collectVariables, decoderLoss, disposeVariables, Linear, normalTensor, xavierUniform } from '@xtm/tensor';
import { z } from 'zod';

/** Encoders without hidden layer: theta = softmax(x·W + b + noise). */
class TinyEncoder implements TopicEncoder {
  readonly layers: readonly Linear[];
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly buffers: ReadonlyMap<string, tf.Variable> = new Map();

  constructor({ vocabularySizes, numTopics }: EncoderShape, source: NoiseSource) {
    this.layers = vocabularySizes.map((words) => new Linear(words, numTopics, source));
    this.parameters = collectVariables(Object.fromEntries(this.layers.map((layer, i) => [`encoder${i}`, layer])), 'parameters');
  }

  infer(rows: SparseRows, languageIndex: number): Inference {
    return tf.tidy(() => {
      const mu = this.layers[languageIndex]!.applySparse(rows);
      return { mu, theta: tf.softmax(mu) };
    });
  }

  dispose(): void {
    disposeVariables(this.parameters, this.buffers);
  }
}

class TinyBackbone implements Backbone {
  readonly name = 'tiny';
  readonly languages;
  readonly numTopics;
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly buffers: ReadonlyMap<string, tf.Variable>;
  readonly #encoder: TinyEncoder;
  readonly #beta: readonly tf.Variable<tf.Rank.R2>[];
  readonly #normalisations: readonly BatchNorm[];

  constructor(shape: EncoderShape, source: NoiseSource) {
    this.languages = shape.languages;
    this.numTopics = shape.numTopics;
    this.#encoder = new TinyEncoder(shape, source);
    this.#beta = shape.vocabularySizes.map((words) => tf.tidy(() => tf.variable(xavierUniform(shape.numTopics, words, source))));
    this.#normalisations = shape.vocabularySizes.map((words) => new BatchNorm(words, { epsilon: 1e-5, momentum: 0.1 }));
    const layers = Object.fromEntries(this.#normalisations.map((layer, i) => [`normalisation${i}`, layer]));
    const beta = this.#beta.map((variable, i): [string, tf.Variable] => [`beta${i}`, variable]);
    this.parameters = new Map([...this.#encoder.parameters, ...collectVariables(layers, 'parameters'), ...beta]);
    this.buffers = collectVariables(layers, 'buffers');
  }

  forward(batch: Batch, { training, generator }: ForwardContext): BackboneOutput {
    const documentTopics = batch.languages.map(({ rows }, i) => {
      const mu = this.#encoder.layers[i]!.applySparse(rows);
      return tf.softmax(tf.add<tf.Tensor2D>(mu, tf.mul(normalTensor(rows.rows, this.numTopics, generator), 0.1)));
    });
    const parts = Object.fromEntries(batch.languages.map(({ rows }, i) => [
      `reconstruction${i}`,
      tf.mean<tf.Scalar>(decoderLoss(documentTopics[i]!, this.#beta[i]!, this.#normalisations[i]!, rows, { training })),
    ]));
    return { loss: tf.addN(Object.values(parts)), parts, documentTopics, topicWord: this.#beta };
  }

  topicWord(): tf.Tensor2D[] {
    return this.#beta.map((beta) => tf.clone(beta));
  }

  infer(rows: SparseRows, languageIndex: number): Inference {
    return this.#encoder.infer(rows, languageIndex);
  }

  dispose(): void {
    disposeVariables(this.parameters, this.buffers);
  }
}

const NO_NOISE: NoiseSource = { fillNormal: (out) => void out.fill(0), fillUniform: (out) => void out.fill(0) };

/** A real, small backbone for tests of the pipeline, which knows backbones by contract only. */
export const tinyBackbone = defineBackbone({
  name: 'tiny',
  needs: [],
  languages: 'any',
  optionsSchema: z.strictObject({}),
  training: { epochs: 4, learningRate: 0.05, halveEvery: 3, clipNorm: 5 },
  create: ({ corpus }, numTopics, _options, generator) =>
    new TinyBackbone({ languages: corpus.languages.map(({ language }) => language), vocabularySizes: corpus.languages.map(({ vocabulary }) => vocabulary.length), numTopics }, generator),
  createEncoder: (shape) => new TinyEncoder(shape, NO_NOISE),
});
