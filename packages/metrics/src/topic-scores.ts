import { mean } from './statistics';

/** A measure of every topic and of all. */
export interface TopicScores {
  /** [topics]; NaN for a topic that has nothing to measure. */
  readonly perTopic: readonly number[];
  /** Mean over the topics that have a value; NaN if none has. */
  readonly mean: number;
}

/** Mean of the values that are not NaN; NaN if none is. */
export function meanOfKnown(values: readonly number[]): number {
  return mean(values.filter((value) => !Number.isNaN(value)));
}
