import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from '../internal/differentiable';
import { requireShape } from '../internal/requirements';
import { LossInputError } from '../loss-input-error';
import { feasiblePlan } from './feasible-plan';
import type { Grid } from './grid';
import { planGradients } from './plan-gradients';
import { shares } from './shares';
import { resolveSinkhornOptions, type SinkhornOptions } from './sinkhorn-options';
import { solvePotentials } from './solve-potentials';
import { planAt, type TransportProblem } from './transport-problem';

/**
 * Entropic optimal transport plan,
 *
 *   argmin_P ⟨P, M⟩ + ε·Σ P_ij·(log P_ij − 1)  over P ≥ 0 with row sums a and column sums b
 *
 * Source: Cuturi 2013, "Sinkhorn distances: lightspeed computation of optimal transport", in the log domain.
 *
 * Differentiable in weights and cost, through the optimum rather than through the iterations. Runs on the host in double
 * precision, whatever the backend: reads its inputs back, and is meant for sets of up to a few hundred points. Weights
 * are normalised to sum 1; a weight of 0 gets no mass. The plan's row and column sums are exact even where iterations
 * end early; the gradient is then approximate.
 *
 * @param cost M [n, m]
 * @param weights1 a [n], not negative
 * @param weights2 b [m], not negative
 * @returns the plan P [n, m]
 * @throws LossInputError if shapes do not fit, a tensor is empty, an option is out of range, a weight is negative, all of
 *   a set's weights are 0, or cost or weights are not finite
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
