import * as tf from '@tensorflow/tfjs-core';
import type { Backbone, Batch, Corpus, RandomGenerator } from '@xtm/contracts';
import { Adam, computeGradients } from '@xtm/tensor';
import { selectRows } from '@xtm/numeric';

export interface TrainSettings {
  readonly epochs: number;
  /** Document pairs per step; default 32. */
  readonly batchSize?: number;
  readonly learningRate: number;
  readonly clipNorm?: number;
  readonly generator: RandomGenerator;
}

/** Pairs of documents at the given positions, each taken modulo its language's number of documents. */
export function batchOf({ languages }: Corpus, positions: readonly number[]): Batch {
  return {
    size: positions.length,
    languages: languages.map(({ train: { rows } }) => {
      const documents = Int32Array.from(positions, (position) => position % rows.rows);
      return { rows: selectRows(rows, documents), documents };
    }),
  };
}

/** Trains with Adam on shuffled pairs and returns the mean loss of each epoch. */
export function trainBackbone(backbone: Backbone, corpus: Corpus, settings: TrainSettings): number[] {
  const { epochs, batchSize = 32, learningRate, clipNorm, generator } = settings;
  const optimiser = new Adam(backbone.parameters, { learningRate });
  const order = Array.from(
    { length: Math.max(...corpus.languages.map(({ train }) => train.rows.rows)) },
    (_, position) => position,
  );
  const losses: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    generator.shuffle(order);
    let sum = 0;
    for (let start = 0; start < order.length; start += batchSize) {
      const batch = batchOf(corpus, order.slice(start, start + batchSize));
      sum += trainStep(backbone, batch, optimiser, generator, clipNorm) * batch.size;
    }
    losses.push(sum / order.length);
  }
  optimiser.dispose();
  return losses;
}

function trainStep(
  backbone: Backbone,
  batch: Batch,
  optimiser: Adam,
  generator: RandomGenerator,
  clipNorm: number | undefined,
): number {
  let loss = NaN;
  tf.tidy(() => {
    const { value, gradients } = computeGradients(
      backbone.parameters,
      () => backbone.forward(batch, { training: true, generator }).loss,
    );
    optimiser.step(gradients, clipNorm);
    loss = value.dataSync()[0]!;
  });
  return loss;
}
