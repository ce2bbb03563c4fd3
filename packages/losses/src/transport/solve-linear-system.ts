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
