import * as tf from '@tensorflow/tfjs-core';
import type { Backbone, Batch } from '@xtm/contracts';
import { Adam, computeGradients } from '@xtm/tensor';
import { type GoldenArray, type GoldenBackboneCase, RecordedNoise } from './golden-case';

/** What a training step gave. */
export interface StepRecord {
  readonly loss: number;
  readonly parts: Readonly<Record<string, number>>;
  readonly gradients: ReadonlyMap<string, ArrayLike<number>>;
  /** Before clipping. */
  readonly gradientNorm: number;
  /** Recorded draws that were not used. */
  readonly noiseLeft: number;
}

/** Trains on one batch with the recorded noise, a step for each of the case's. */
export function runGoldenSteps(backbone: Backbone, batch: Batch, { config, steps }: GoldenBackboneCase): StepRecord[] {
  const optimiser = new Adam(backbone.parameters, { learningRate: config.learningRate });
  const records = steps.map(({ noise }) => runStep(backbone, batch, optimiser, noise, config.clipNorm ?? undefined));
  optimiser.dispose();
  return records;
}

function runStep(
  backbone: Backbone,
  batch: Batch,
  optimiser: Adam,
  draws: readonly GoldenArray[],
  clipNorm: number | undefined,
): StepRecord {
  const generator = new RecordedNoise(draws);
  let parts: Record<string, number> = {};
  let record: StepRecord | undefined;
  tf.tidy(() => {
    const { value, gradients } = computeGradients(backbone.parameters, () => {
      const output = backbone.forward(batch, { training: true, generator });
      parts = Object.fromEntries(Object.entries(output.parts).map(([name, part]) => [name, part.dataSync()[0]!]));
      return output.loss;
    });
    record = {
      loss: value.dataSync()[0]!,
      parts,
      gradients: new Map([...gradients].map(([name, gradient]) => [name, gradient.dataSync().slice()])),
      gradientNorm: optimiser.step(gradients, clipNorm),
      noiseLeft: generator.left,
    };
  });
  return record!;
}
