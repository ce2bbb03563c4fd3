/** What training minimised, epoch by epoch. */
export interface TrainingData {
  readonly epochs: readonly number[];
  readonly losses: readonly LossCurve[];
  /** Epochs at whose start the topics were refined. */
  readonly refinements: readonly number[];
}

export interface LossCurve {
  readonly name: string;
  /** Null in epochs without it. */
  readonly values: readonly (number | null)[];
}
