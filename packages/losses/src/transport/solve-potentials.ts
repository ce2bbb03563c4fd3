import type { Grid } from './grid';
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
 *
 * @param start potentials of the columns to begin at, such as those of a problem nearby
 */
export function solvePotentials(problem: TransportProblem, { maxIterations, tolerance }: StoppingRule, start: Float64Array = problem.columnWeights.map(Math.log)): Potentials {
  let potentials = iterateInLogDomain(problem, start);
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
  let nextRow = new Float64Array(row.length);
  let nextColumn = new Float64Array(column.length);
  for (let iterations = 0; iterations < maxIterations; iterations++) {
    const deviation = scaleRows(plan, column, rowWeights, row, nextRow);
    if (deviation <= tolerance) return { row, column, iterations, isConverged: true };
    scaleColumns(plan, nextRow, columnWeights, nextColumn);
    if (!isInRange(nextRow) || !isInRange(nextColumn)) return { row, column, iterations, isConverged: false };
    [row, nextRow] = [nextRow, row];
    [column, nextColumn] = [nextColumn, column];
  }
  return { row, column, iterations: maxIterations, isConverged: false };
}

/** Scalings that fit the rows to their weights, and how far those before them were from it in total. */
function scaleRows({ data, rows, columns }: Grid, column: Float64Array, weights: Float64Array, before: Float64Array, scalings: Float64Array): number {
  let deviation = 0;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += data[i * columns + j]! * column[j]!;
    deviation += Math.abs(before[i]! * sum - weights[i]!);
    scalings[i] = scalingTo(weights[i]!, sum);
  }
  return deviation;
}

function scaleColumns({ data, rows, columns }: Grid, row: Float64Array, weights: Float64Array, scalings: Float64Array): void {
  scalings.fill(0);
  for (let i = 0; i < rows; i++) {
    const factor = row[i]!;
    for (let j = 0; j < columns; j++) scalings[j]! += data[i * columns + j]! * factor;
  }
  for (let j = 0; j < columns; j++) scalings[j] = scalingTo(weights[j]!, scalings[j]!);
}

/** Weight over sum. A weight of 0 has nothing in the plan to scale. */
function scalingTo(weight: number, sum: number): number {
  return weight === 0 ? 1 : weight / sum;
}

function isInRange(scalings: Float64Array): boolean {
  for (let i = 0; i < scalings.length; i++) if (!(scalings[i]! < LARGEST_SCALING && scalings[i]! > 1 / LARGEST_SCALING)) return false;
  return true;
}
