import {
  columnSums,
  type Grid,
  mapGrid,
  planGivenColumn,
  planGivenRow,
  type Potentials,
  rowSums,
  times,
  timesTransposed,
  type TransportProblem,
} from './potentials';

/** Gradients of a function of the plan. */
interface PlanGradients {
  readonly cost: Grid;
  /** [rows], up to a constant, which weights that are normalised do not feel. */
  readonly rowWeights: Float64Array;
  /** [columns], likewise. */
  readonly columnWeights: Float64Array;
}

/**
 * Carries a gradient G of the plan P back to cost M and weights a, b, by differentiating the conditions that P meets
 * instead of the iterations that found it. With P_ij = e^{α_i + β_j − M_ij/ε} of row sums a and column sums b, the
 * adjoint x, y solves
 *
 *   a_i·x_i + Σ_j P_ij·y_j = Σ_j P_ij·G_ij,   b_j·y_j + Σ_i P_ij·x_i = Σ_i P_ij·G_ij
 *
 * and ∂/∂a = x, ∂/∂b = y, ∂/∂M_ij = P_ij·(x_i + y_j − G_ij)/ε. Dividing rows by a_i and columns by b_j keeps weights
 * of 0 defined. Source: Luise et al. 2018, "Differential properties of Sinkhorn approximation for learning with
 * Wasserstein distance", section 4.
 */
export function planGradients(problem: TransportProblem, potentials: Potentials, planGradient: Grid): PlanGradients {
  const { cost, rowWeights, regularisation } = problem;
  const adjoint = adjointOf(problem, potentials, planGradient);
  const { givenRow, givenColumn, columnMeans } = adjoint;
  const x = solveForRows(adjoint);
  const throughRows = timesTransposed(givenColumn, x);
  const y = columnMeans.map((mean, j) => mean - throughRows[j]!);
  const costGradient = mapGrid(cost, (_, i, j) => {
    const index = i * cost.columns + j;
    return (rowWeights[i]! * givenRow.data[index]! * (x[i]! + y[j]! - planGradient.data[index]!)) / regularisation;
  });
  return { cost: costGradient, rowWeights: x, columnWeights: y };
}

/** The gradient of the row weights alone: x of `planGradients`. */
export function rowWeightGradient(
  problem: TransportProblem,
  potentials: Potentials,
  planGradient: Grid,
): Float64Array {
  return solveForRows(adjointOf(problem, potentials, planGradient));
}

/** What the adjoint system is made of. */
interface Adjoint {
  readonly rowWeights: Float64Array;
  readonly givenRow: Grid;
  readonly givenColumn: Grid;
  /** Mean of the plan's gradient in each row and each column. */
  readonly rowMeans: Float64Array;
  readonly columnMeans: Float64Array;
}

function adjointOf(problem: TransportProblem, potentials: Potentials, planGradient: Grid): Adjoint {
  const givenRow = planGivenRow(problem, potentials);
  const givenColumn = planGivenColumn(problem, potentials);
  const rowMeans = rowSums(multiplyEntries(givenRow, planGradient));
  const columnMeans = columnSums(multiplyEntries(givenColumn, planGradient));
  return { rowWeights: problem.rowWeights, givenRow, givenColumn, rowMeans, columnMeans };
}

/** x, y being eliminated. */
function solveForRows({ givenRow, givenColumn, rowWeights, rowMeans, columnMeans }: Adjoint): Float64Array {
  const throughColumns = times(givenRow, columnMeans);
  return solveLinearSystem(
    adjointSystem(givenRow, givenColumn, rowWeights),
    rowMeans.map((mean, i) => mean - throughColumns[i]!),
  );
}

/**
 * I − Q + 1·aᵀ with the transitions Q from row to row through the columns. Without the last term x would be defined up
 * to a constant only; it picks the x with aᵀx = 0.
 */
function adjointSystem(givenRow: Grid, givenColumn: Grid, rowWeights: Float64Array): Float64Array[] {
  return Array.from({ length: givenRow.rows }, (_, i) => {
    const transitions = times(givenColumn, givenRow.data.subarray(i * givenRow.columns, (i + 1) * givenRow.columns));
    return transitions.map((transition, k) => (i === k ? 1 : 0) - transition + rowWeights[k]!);
  });
}

function multiplyEntries(first: Grid, second: Grid): Grid {
  return mapGrid(first, (value, i, j) => value * second.data[i * second.columns + j]!);
}

/** A pivot below this says that the unknown is not determined. */
const SMALLEST_PIVOT = 1e-14;

/**
 * Solves A·x = b by Gaussian elimination with partial pivoting. Unknowns that the system leaves open are set to 0.
 *
 * @param matrix A, [n][n]
 * @param right b, [n]
 */
export function solveLinearSystem(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const n = right.length;
  const rows = matrix.map((row, i) => Float64Array.of(...row, right[i]!));
  for (let pivot = 0; pivot < n; pivot++) {
    const best = largestRow(rows, pivot);
    [rows[pivot], rows[best]] = [rows[best]!, rows[pivot]!];
    if (Math.abs(rows[pivot]![pivot]!) < SMALLEST_PIVOT) continue;
    for (let row = pivot + 1; row < n; row++) eliminate(rows[row]!, rows[pivot]!, pivot);
  }
  return substituteBack(rows, n);
}

function largestRow(rows: readonly Float64Array[], column: number): number {
  let best = column;
  for (let row = column + 1; row < rows.length; row++) {
    if (Math.abs(rows[row]![column]!) > Math.abs(rows[best]![column]!)) best = row;
  }
  return best;
}

function eliminate(row: Float64Array, pivotRow: Float64Array, pivot: number): void {
  const factor = row[pivot]! / pivotRow[pivot]!;
  if (factor === 0) return;
  for (let column = pivot; column < row.length; column++) row[column]! -= factor * pivotRow[column]!;
}

function substituteBack(rows: readonly Float64Array[], n: number): Float64Array {
  const solution = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    const row = rows[i]!;
    if (Math.abs(row[i]!) < SMALLEST_PIVOT) continue;
    let sum = row[n]!;
    for (let j = i + 1; j < n; j++) sum -= row[j]! * solution[j]!;
    solution[i] = sum / row[i]!;
  }
  return solution;
}
