import * as tf from '@tensorflow/tfjs-core';
import {
  LossInputError,
  requirePositive,
  requireShape,
  requireWeightedPoints,
  type WeightedPoints,
  withDefaults,
} from '../inputs';
import { cosines, differentiable } from '../operations';
import { planGradients } from './plan-gradients';
import { columnSums, type Grid, mapGrid, planAt, rowSums, solvePotentials, type TransportProblem } from './potentials';

/**
 * Cost of moving one weighted point set onto another, ⟨P, M⟩ with M = 1 − cos and the entropic plan P (`sinkhorn`,
 * which see for options, limits and weights); the entropy itself is not part of the value. Lies between the exact
 * optimum and the cost of the independent coupling, and falls to the former as the regularisation does.
 *
 * Source: Cuturi 2013; in place of MMD it is the optimal transport ablation of LLM-XTM.
 *
 * Differentiable in weights and points. A zero vector has cosine 0 with everything.
 *
 * @param first [n, dimensions] points with [n] weights
 * @param second [m, dimensions] points with [m] weights
 * @returns a scalar
 * @throws LossInputError if a set is empty or weighs nothing, shapes do not fit or an option is out of range
 */
export function optimalTransport(
  first: WeightedPoints,
  second: WeightedPoints,
  options: SinkhornOptions = {},
): tf.Scalar {
  requireWeightedPoints('optimalTransport', first, second);
  return tf.tidy(() => {
    const cost = tf.sub<tf.Tensor2D>(1, cosines(first.points, second.points));
    return tf.sum(tf.mul(sinkhorn(cost, first.weights, second.weights, options), cost));
  });
}

/**
 * Entropic optimal transport plan,
 *
 *   argmin_P ⟨P, M⟩ + ε·Σ P_ij·(log P_ij − 1)  over P ≥ 0 with row sums a and column sums b
 *
 * Source: Cuturi 2013, "Sinkhorn distances: lightspeed computation of optimal transport", in the log domain.
 *
 * Differentiable in weights and cost, through the optimum rather than through the iterations. Runs on the host in
 * double precision, whatever the backend: reads its inputs back, and is meant for sets of up to a few hundred points.
 * Weights are normalised to sum 1; a weight of 0 gets no mass. The plan's row and column sums are exact even where
 * iterations end early; the gradient is then approximate.
 *
 * @param cost M [n, m]
 * @param weights1 a [n], not negative
 * @param weights2 b [m], not negative
 * @returns the plan P [n, m]
 * @throws LossInputError if shapes do not fit, a tensor is empty, an option is out of range, a weight is negative, all
 *   of a set's weights are 0, or cost or weights are not finite
 */
export function sinkhorn(
  cost: tf.Tensor2D,
  weights1: tf.Tensor1D,
  weights2: tf.Tensor1D,
  options: SinkhornOptions = {},
): tf.Tensor2D {
  const { regularisation, ...stopping } = resolveSinkhornOptions('sinkhorn', options);
  requireShape('sinkhorn', 'cost', cost, [undefined, undefined]);
  requireShape('sinkhorn', 'weights1', weights1, [cost.shape[0]]);
  requireShape('sinkhorn', 'weights2', weights2, [cost.shape[1]]);
  return tf.tidy(() => {
    const inputs = [cost, tf.div(weights1, tf.sum(weights1)), tf.div(weights2, tf.sum(weights2))];
    return differentiable(inputs, () => {
      const problem: TransportProblem = {
        cost: readCost(cost),
        rowWeights: shares('sinkhorn', 'weights1', weights1.dataSync()),
        columnWeights: shares('sinkhorn', 'weights2', weights2.dataSync()),
        regularisation,
      };
      const potentials = solvePotentials(problem, stopping);
      return {
        value: asTensor(feasiblePlan(planAt(problem, potentials), problem)),
        saved: [],
        gradients: (gradient) => {
          const gradients = planGradients(problem, potentials, readGrid(gradient));
          return [asTensor(gradients.cost), asVector(gradients.rowWeights), asVector(gradients.columnWeights)];
        },
      };
    });
  });
}

function readGrid(tensor: tf.Tensor2D): Grid {
  const [rows, columns] = tensor.shape;
  return { rows, columns, data: Float64Array.from(tensor.dataSync()) };
}

function readCost(cost: tf.Tensor2D): Grid {
  const grid = readGrid(cost);
  if (!grid.data.every(Number.isFinite)) throw new LossInputError('sinkhorn', 'cost', 'is not finite everywhere');
  return grid;
}

function asTensor({ rows, columns, data }: Grid): tf.Tensor2D {
  return tf.tensor2d(Float32Array.from(data), [rows, columns]);
}

function asVector(values: Float64Array): tf.Tensor1D {
  return tf.tensor1d(Float32Array.from(values));
}

export interface SinkhornOptions {
  /** Weight epsilon of the entropy, in units of cost; smaller is sharper and slower. Default 0.1. */
  readonly regularisation?: number;
  /** Default 10,000. */
  readonly maxIterations?: number;
  /** Iterations end when the row sums differ from the weights by this in total. Default 1e-9. */
  readonly tolerance?: number;
}

const DEFAULTS: Required<SinkhornOptions> = { regularisation: 0.1, maxIterations: 10_000, tolerance: 1e-9 };

/** @throws LossInputError unless every option is positive */
export function resolveSinkhornOptions(loss: string, options: SinkhornOptions): Required<SinkhornOptions> {
  const resolved = withDefaults(loss, options, DEFAULTS);
  Object.entries(resolved).forEach(([name, value]) => requirePositive(loss, name, value));
  return resolved;
}

/** Weights divided by their sum. Throws unless they are finite, not negative and not all 0. */
export function shares(loss: string, argument: string, weights: ArrayLike<number>): Float64Array {
  const copy = Float64Array.from(weights);
  if (!copy.every((weight) => weight >= 0 && Number.isFinite(weight))) {
    throw new LossInputError(loss, argument, 'holds a weight that is negative or not finite');
  }
  const total = copy.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) throw new LossInputError(loss, argument, 'sums to 0');
  return copy.map((weight) => weight / total);
}

/**
 * The nearby plan whose row and column sums are exactly the weights: rows, then columns are scaled down to their
 * weights, and what is missing is spread in proportion to what is missing where.
 *
 * Source: Altschuler, Weed and Rigollet 2017, "Near-linear time approximation algorithms for optimal transport via
 * Sinkhorn iteration", algorithm 2.
 */
export function feasiblePlan(plan: Grid, { rowWeights, columnWeights }: TransportProblem): Grid {
  const rowFactors = rowSums(plan).map((sum, i) => Math.min(1, rowWeights[i]! / Math.max(sum, Number.MIN_VALUE)));
  const fitsRows = mapGrid(plan, (value, i) => value * rowFactors[i]!);
  const columnFactors = columnSums(fitsRows).map((sum, j) =>
    Math.min(1, columnWeights[j]! / Math.max(sum, Number.MIN_VALUE)),
  );
  const fitsBoth = mapGrid(fitsRows, (value, _, j) => value * columnFactors[j]!);
  const missingRows = rowSums(fitsBoth).map((sum, i) => Math.max(0, rowWeights[i]! - sum));
  const missingColumns = columnSums(fitsBoth).map((sum, j) => Math.max(0, columnWeights[j]! - sum));
  const missing = missingRows.reduce((total, value) => total + value, 0);
  if (missing === 0) return fitsBoth;
  return mapGrid(fitsBoth, (value, i, j) => value + (missingRows[i]! * missingColumns[j]!) / missing);
}
