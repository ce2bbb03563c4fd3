import { mapGrid, type Grid } from './grid';

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
export function iterateInLogDomain(problem: TransportProblem, column: Float64Array): Potentials {
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
