import { times, timesTransposed, type Grid } from './grid';
import { iterateInLogDomain, planAt, type Potentials, type TransportProblem } from './transport-problem';

/** When Sinkhorn's iterations end. */
export interface StoppingRule {
  readonly maxIterations: number;
  /** Total deviation of the plan's row sums from the row weights. */
  readonly tolerance: number;
}

/** Scalings beyond this are folded into the potentials before products of them overflow. */
const LARGEST_SCALING = 1e100;

/**
 * Potentials of the entropic plan by Sinkhorn's iterations, stabilised: every round starts with one iteration in the
 * log domain, which no cost can underflow, and goes on with plain scalings of the plan found so far for as long as they
 * stay in range (Schmitzer 2019, "Stabilized sparse scaling algorithms for entropy regularized transport problems").
 */
export function solvePotentials(problem: TransportProblem, { maxIterations, tolerance }: StoppingRule): Potentials {
  let potentials = iterateInLogDomain(problem, problem.columnWeights.map(Math.log));
  let iterations = 1;
  while (iterations < maxIterations) {
    const scalings = scalePlan(problem, planAt(problem, potentials), { maxIterations: maxIterations - iterations, tolerance });
    potentials = {
      row: potentials.row.map((value, i) => value + Math.log(scalings.row[i]!)),
      column: potentials.column.map((value, j) => value + Math.log(scalings.column[j]!)),
    };
    if (scalings.isConverged) break;
    potentials = iterateInLogDomain(problem, potentials.column);
    iterations += scalings.iterations + 1;
  }
  return potentials;
}

interface Scalings {
  readonly row: Float64Array;
  readonly column: Float64Array;
  readonly iterations: number;
  readonly isConverged: boolean;
}

/** Alternately scales rows and columns of a plan to their weights, until done or a scaling leaves its range. */
function scalePlan({ rowWeights, columnWeights }: TransportProblem, plan: Grid, { maxIterations, tolerance }: StoppingRule): Scalings {
  let row = rowWeights.map(() => 1);
  let column = columnWeights.map(() => 1);
  for (let iterations = 0; iterations < maxIterations; iterations++) {
    const sums = times(plan, column);
    const deviation = sums.reduce((total, sum, i) => total + Math.abs(row[i]! * sum - rowWeights[i]!), 0);
    if (deviation <= tolerance) return { row, column, iterations, isConverged: true };
    const nextRow = scalingsTo(rowWeights, sums);
    const nextColumn = scalingsTo(columnWeights, timesTransposed(plan, nextRow));
    if (!isInRange(nextRow) || !isInRange(nextColumn)) return { row, column, iterations, isConverged: false };
    [row, column] = [nextRow, nextColumn];
  }
  return { row, column, iterations: maxIterations, isConverged: false };
}

/** Weights over sums. A weight of 0 has nothing in the plan to scale. */
function scalingsTo(weights: Float64Array, sums: Float64Array) {
  return weights.map((weight, i) => (weight === 0 ? 1 : weight / sums[i]!));
}

function isInRange(scalings: Float64Array): boolean {
  return scalings.every((value) => value < LARGEST_SCALING && value > 1 / LARGEST_SCALING);
}
