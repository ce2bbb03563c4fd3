import { InvalidOptionError } from '@xtm/contracts';
import { mean, sampleDeviation } from '../statistics';

/** Outcome of a paired t-test. */
export interface PairedTest {
  /** Mean of second − first. */
  readonly difference: number;
  /** Student's t; ±Infinity if all differences are equal and not 0, NaN if all are 0. */
  readonly t: number;
  readonly degreesOfFreedom: number;
  /** Two-sided probability of a t as large under no difference. */
  readonly pValue: number;
}

/**
 * Paired two-sided t-test of one measure of two methods over the same seeds.
 *
 * With few seeds it takes the differences to be normal; five seeds are five pairs, whatever the number of topics.
 *
 * @param first measure of the first method, one entry a seed
 * @param second the other's, the same seeds in the same order
 * @throws InvalidOptionError for lists of different lengths or fewer than two pairs.
 */
export function pairedTest(first: readonly number[], second: readonly number[]): PairedTest {
  if (first.length !== second.length || first.length < 2) {
    throw new InvalidOptionError('values', [first.length, second.length], 'a paired test needs two lists of the same length, at least two long');
  }
  const differences = second.map((value, pair) => value - first[pair]!);
  const difference = mean(differences);
  const t = difference / (sampleDeviation(differences) / Math.sqrt(differences.length));
  const degreesOfFreedom = differences.length - 1;
  return { difference, t, degreesOfFreedom, pValue: Number.isNaN(t) ? 1 : 1 - studentCentralProbability(Math.abs(t), degreesOfFreedom) };
}

/** P(|T| ≤ t) of Student's distribution with whole degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4). */
function studentCentralProbability(t: number, degreesOfFreedom: number): number {
  const angle = Math.atan(t / Math.sqrt(degreesOfFreedom));
  const cosine = Math.cos(angle);
  const odd = degreesOfFreedom % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = degreesOfFreedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < degreesOfFreedom; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}
