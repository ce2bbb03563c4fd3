/** Entropic optimal transport between two sets of weights that sum to 1. */
export interface TransportProblem {
  readonly cost: Grid;
  /** [rows], sums to 1. */
  readonly rowWeights: Float64Array;
  /** [columns], sums to 1. */
  readonly columnWeights: Float64Array;
  /** Weight of the entropy, in units of cost. */
  readonly regularisation: number;
}

/** Logarithms of the scalings: plan_ij = e^{row_i + column_j − cost_ij/regularisation}; −∞ at weight 0. */
export interface Potentials {
  readonly row: Float64Array;
  readonly column: Float64Array;
}

/** The plan that these potentials stand for. */
export function planAt({ cost, regularisation }: TransportProblem, { row, column }: Potentials): Grid {
  return mapGrid(cost, (value, i, j) => Math.exp(row[i]! + column[j]! - value / regularisation));
}

/** Where the mass of each row goes: the plan's rows divided by their weights, defined for weight 0 too. */
export function planGivenRow({ cost, regularisation }: TransportProblem, { column }: Potentials): Grid {
  const exponents = mapGrid(cost, (value, _, j) => column[j]! - value / regularisation);
  const logSums = rowLogSums(exponents);
  return mapGrid(exponents, (value, i) => Math.exp(value - logSums[i]!));
}

/** Where the mass of each column comes from: the plan's columns divided by their weights. */
export function planGivenColumn({ cost, regularisation }: TransportProblem, { row }: Potentials): Grid {
  const exponents = mapGrid(cost, (value, i) => row[i]! - value / regularisation);
  const logSums = columnLogSums(exponents);
  return mapGrid(exponents, (value, _, j) => Math.exp(value - logSums[j]!));
}

/** One iteration of Sinkhorn in the log domain: rows fitted to their weights, then columns. */
function iterateInLogDomain(problem: TransportProblem, column: Float64Array): Potentials {
  const { cost, rowWeights, columnWeights, regularisation } = problem;
  const byRow = rowLogSums(mapGrid(cost, (value, _, j) => column[j]! - value / regularisation));
  const row = rowWeights.map((weight, i) => Math.log(weight) - byRow[i]!);
  const byColumn = columnLogSums(mapGrid(cost, (value, i) => row[i]! - value / regularisation));
  return { row, column: columnWeights.map((weight, j) => Math.log(weight) - byColumn[j]!) };
}

/** log Σ_j e^x_ij of each row. */
function rowLogSums({ rows, columns, data }: Grid): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => logSumExp(data.subarray(i * columns, (i + 1) * columns)));
}

/** log Σ_i e^x_ij of each column. */
function columnLogSums({ rows, columns, data }: Grid): Float64Array {
  return Float64Array.from({ length: columns }, (_, j) => (
    logSumExp(Float64Array.from({ length: rows }, (__, i) => data[i * columns + j]!))
  ));
}

function logSumExp(values: Float64Array): number {
  const largest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}

/** When Sinkhorn's iterations end. */
interface StoppingRule {
  readonly maxIterations: number;
  /** Total deviation of the plan's row sums from the row weights. */
  readonly tolerance: number;
}

/** Scalings beyond this are folded into the potentials before products of them overflow. */
const LARGEST_SCALING = 1e100;

/**
 * Potentials of the entropic plan by Sinkhorn's iterations, stabilised: every round starts with one iteration in the
 * log domain, which no cost can underflow, and goes on with plain scalings of the plan found so far for as long as
 * they stay in range (Schmitzer 2019, "Stabilized sparse scaling algorithms for entropy regularized transport
 * problems").
 *
 * @param start potentials of the columns to begin at, such as those of a problem nearby
 */
export function solvePotentials(
  problem: TransportProblem,
  { maxIterations, tolerance }: StoppingRule,
  start: Float64Array = problem.columnWeights.map(Math.log),
): Potentials {
  let potentials = iterateInLogDomain(problem, start);
  let iterations = 1;
  while (iterations < maxIterations) {
    const scalings = scalePlan(problem, planAt(problem, potentials), {
      maxIterations: maxIterations - iterations,
      tolerance,
    });
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
function scalePlan(
  { rowWeights, columnWeights }: TransportProblem,
  plan: Grid,
  { maxIterations, tolerance }: StoppingRule,
): Scalings {
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
function scaleRows(
  { data, rows, columns }: Grid,
  column: Float64Array,
  weights: Float64Array,
  before: Float64Array,
  scalings: Float64Array,
): number {
  let deviation = 0;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += data[i * columns + j]! * column[j]!;
    deviation += Math.abs(before[i]! * sum - weights[i]!);
    scalings[i] = scalingTo(weights[i]!, sum);
  }
  return deviation;
}

function scaleColumns(
  { data, rows, columns }: Grid,
  row: Float64Array,
  weights: Float64Array,
  scalings: Float64Array,
): void {
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
  for (let i = 0; i < scalings.length; i++)
    if (!(scalings[i]! < LARGEST_SCALING && scalings[i]! > 1 / LARGEST_SCALING)) return false;
  return true;
}

/** A small row-major matrix on the host, in double precision. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** A grid of the same size with each entry replaced. */
export function mapGrid(
  { rows, columns, data }: Grid,
  replace: (value: number, row: number, column: number) => number,
): Grid {
  const replaced = new Float64Array(data.length);
  for (let i = 0, index = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, index++) replaced[index] = replace(data[index]!, i, j);
  }
  return { rows, columns, data: replaced };
}

/** M·v [rows]. */
export function times({ rows, columns, data }: Grid, vector: Float64Array): Float64Array {
  const product = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += data[i * columns + j]! * vector[j]!;
    product[i] = sum;
  }
  return product;
}

/** Mᵀ·v [columns]. */
export function timesTransposed({ rows, columns, data }: Grid, vector: Float64Array): Float64Array {
  const product = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) product[j]! += data[i * columns + j]! * vector[i]!;
  }
  return product;
}

/** [rows] */
export function rowSums(grid: Grid): Float64Array {
  return times(grid, new Float64Array(grid.columns).fill(1));
}

/** [columns] */
export function columnSums(grid: Grid): Float64Array {
  return timesTransposed(grid, new Float64Array(grid.rows).fill(1));
}
