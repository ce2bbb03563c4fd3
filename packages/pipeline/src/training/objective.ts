import type { Scalar } from '@tensorflow/tfjs-core';
import type { BackboneOutput, Batch } from '@xtm/contracts';

/** What a training step minimises, and its addends for the record. */
export interface StepLoss {
  readonly loss: Scalar;
  readonly parts: Readonly<Record<string, Scalar>>;
}

/** Turns a backbone's output into what a step minimises; phase 1 takes the backbone's own loss. */
export type Objective = (output: BackboneOutput, batch: Batch) => StepLoss;

export const backboneObjective: Objective = ({ loss, parts }) => ({ loss, parts });
