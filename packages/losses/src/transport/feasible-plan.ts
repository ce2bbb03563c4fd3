import { columnSums, mapGrid, rowSums, type Grid } from './grid';
import type { TransportProblem } from './transport-problem';

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
  const columnFactors = columnSums(fitsRows).map((sum, j) => Math.min(1, columnWeights[j]! / Math.max(sum, Number.MIN_VALUE)));
  const fitsBoth = mapGrid(fitsRows, (value, _, j) => value * columnFactors[j]!);
  const missingRows = rowSums(fitsBoth).map((sum, i) => Math.max(0, rowWeights[i]! - sum));
  const missingColumns = columnSums(fitsBoth).map((sum, j) => Math.max(0, columnWeights[j]! - sum));
  const missing = missingRows.reduce((total, value) => total + value, 0);
  if (missing === 0) return fitsBoth;
  return mapGrid(fitsBoth, (value, i, j) => value + (missingRows[i]! * missingColumns[j]!) / missing);
}
