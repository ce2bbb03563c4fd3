import { requirePositive } from '../internal/requirements';
import { LossInputError } from '../loss-input-error';

/** A logistic normal with diagonal covariance that stands for a Dirichlet. */
export interface LogisticNormal {
  /** [topics] */
  readonly mean: Float32Array;
  /** [topics] */
  readonly variance: Float32Array;
}

/**
 * Laplace approximation of a Dirichlet prior over topic proportions in the softmax basis,
 *
 *   mean_k = log a_k − (1/K)·Σ_j log a_j
 *   variance_k = (1/a_k)·(1 − 2/K) + (1/K²)·Σ_j 1/a_j
 *
 * A symmetric Dirichlet gives mean 0 and, at concentration 1, variance 1 − 1/K. One topic has variance 0 by the
 * formula, which no KL divergence can take; it gets variance 1.
 *
 * Sources: MacKay 1998, "Choice of basis for Laplace approximation"; Srivastava and Sutton 2017, "Autoencoding
 * variational inference for topic models", equation 3.
 *
 * @param numTopics K
 * @param concentration a: one number for all topics (default 1) or one a topic
 * @throws LossInputError if a concentration is not above 0 or their number is not K
 */
export function dirichletPrior(numTopics: number, concentration: number | ArrayLike<number> = 1): LogisticNormal {
  if (!(Number.isInteger(numTopics) && numTopics > 0)) {
    throw new LossInputError('dirichletPrior', 'numTopics', `is ${numTopics}, expected a whole number above 0`);
  }
  const concentrations = typeof concentration === 'number'
    ? Array.from({ length: numTopics }, () => concentration)
    : Array.from(concentration);
  if (concentrations.length !== numTopics) {
    throw new LossInputError('dirichletPrior', 'concentration', `has ${concentrations.length} entries, expected ${numTopics}`);
  }
  concentrations.forEach((value) => requirePositive('dirichletPrior', 'concentration', value));
  if (numTopics === 1) return { mean: Float32Array.of(0), variance: Float32Array.of(1) };
  return approximate(concentrations);
}

/**
 * Concentrations from cluster sizes n_k, so that large clusters are larger topics beforehand:
 * a_k = n_k / (mean n + 1e-6) + 1e-6. Goes into `dirichletPrior`.
 *
 * Source: XTRA (Nguyen et al. 2025), prior from clusters, constants as in its public code.
 *
 * @param sizes documents of each cluster [topics], all languages together
 * @throws LossInputError if there is no cluster or a size is negative
 */
export function clusterConcentration(sizes: ArrayLike<number>): Float64Array {
  const counts = Float64Array.from(sizes);
  if (counts.length === 0) throw new LossInputError('clusterConcentration', 'sizes', 'is empty');
  const impossible = counts.find((size) => !(size >= 0 && Number.isFinite(size)));
  if (impossible !== undefined) throw new LossInputError('clusterConcentration', 'sizes', `holds ${impossible}, expected counts`);
  const mean = counts.reduce((sum, size) => sum + size, 0) / counts.length;
  return counts.map((size) => size / (mean + 1e-6) + 1e-6);
}

function approximate(concentrations: readonly number[]): LogisticNormal {
  const numTopics = concentrations.length;
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / numTopics;
  const logs = concentrations.map(Math.log);
  const meanLog = meanOf(logs);
  const meanInverse = meanOf(concentrations.map((value) => 1 / value));
  return {
    mean: Float32Array.from(logs, (log) => log - meanLog),
    variance: Float32Array.from(concentrations, (value) => (1 - 2 / numTopics) / value + meanInverse / numTopics),
  };
}
