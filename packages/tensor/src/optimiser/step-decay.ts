export interface StepDecay {
  /** Epochs between two decays. */
  readonly every: number;
  /** Factor of each decay. Default 0.5. */
  readonly factor?: number;
}

/**
 * The learning rate of the next epoch, given this one's: multiplied by the factor whenever the number of finished epochs
 * is a multiple of `every`. Chaining from the current rate keeps a rate that was set by hand in between.
 */
export function decayLearningRate(learningRate: number, finishedEpochs: number, { every, factor = 0.5 }: StepDecay): number {
  return finishedEpochs > 0 && finishedEpochs % every === 0 ? learningRate * factor : learningRate;
}
