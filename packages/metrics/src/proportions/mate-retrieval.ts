import { InvalidOptionError, type DenseMatrix } from '@xtm/contracts';

/** How well documents find their mates. */
export interface MateRetrieval {
  /** Share of queries whose mate comes first. */
  readonly precisionAt1: number;
  /** Share of queries whose mate is among the first ten. */
  readonly precisionAt10: number;
  /** Mean of 1 / rank of the mate. */
  readonly reciprocalRank: number;
}

/** Cosines that differ by less are equal but for rounding. */
const TIE = 1e-12;

/**
 * Ranks all keys by cosine for every query and asks where the query's mate stands: row i of one matrix is the mate of
 * row i of the other. Any vectors of the same length will do, among them topic proportions of a document and of its
 * translation.
 *
 * All in (0, 1] but for the precisions, which can be 0. Keys as near as the mate are counted as if in random order, by
 * the expected value over all orders; so vectors that are all the same give {@link chanceOfMates}. A zero vector has
 * cosine 0 with everything. Takes time in mates² × columns.
 *
 * @param queries [mates, columns]
 * @param keys [mates, columns]
 * @throws InvalidOptionError if the shapes differ, there are no rows, or a value is not finite.
 */
export function mateRetrieval(queries: DenseMatrix, keys: DenseMatrix): MateRetrieval {
  const { rows: mates, columns } = queries;
  if (keys.rows !== mates || keys.columns !== columns || mates === 0) {
    throw new InvalidOptionError(
      'keys',
      [keys.rows, keys.columns],
      `[${keys.rows}, ${keys.columns}] does not fit [${mates}, ${columns}]`,
    );
  }
  if (!queries.data.every(Number.isFinite) || !keys.data.every(Number.isFinite))
    throw new InvalidOptionError('vectors', Number.NaN, 'a value is NaN or infinite');
  const [left, right] = [unitRows(queries), unitRows(keys)];
  const harmonic = harmonicNumbers(mates);
  const sums = { precisionAt1: 0, precisionAt10: 0, reciprocalRank: 0 };
  const cosines = new Float64Array(mates);
  for (let query = 0; query < mates; query++) {
    for (let key = 0; key < mates; key++) cosines[key] = dot(left, query, right, key, columns);
    const { nearer, asNear } = countAround(cosines, query);
    sums.precisionAt1 += expectedWithin(1, nearer, asNear);
    sums.precisionAt10 += expectedWithin(10, nearer, asNear);
    sums.reciprocalRank += (harmonic[nearer + asNear]! - harmonic[nearer]!) / asNear;
  }
  return {
    precisionAt1: sums.precisionAt1 / mates,
    precisionAt10: sums.precisionAt10 / mates,
    reciprocalRank: sums.reciprocalRank / mates,
  };
}

/** What {@link mateRetrieval} gives on average for keys in random order: 1/n, 10/n (at most 1) and H_n/n, n mates. */
export function chanceOfMates(mates: number): MateRetrieval {
  return {
    precisionAt1: 1 / mates,
    precisionAt10: Math.min(1, 10 / mates),
    reciprocalRank: harmonicNumbers(mates)[mates]! / mates,
  };
}

/** Keys nearer than the mate, and keys as near, the mate among them. */
function countAround(cosines: Float64Array, mate: number): { readonly nearer: number; readonly asNear: number } {
  const own = cosines[mate]!;
  let nearer = 0;
  let asNear = 0;
  for (const cosine of cosines) {
    if (cosine > own + TIE) nearer++;
    else if (cosine >= own - TIE) asNear++;
  }
  return { nearer, asNear };
}

/** Probability that the mate is among the first `ranks` when those as near come in random order. */
function expectedWithin(ranks: number, nearer: number, asNear: number): number {
  return Math.min(1, Math.max(0, (ranks - nearer) / asNear));
}

function dot(left: Float64Array, leftRow: number, right: Float64Array, rightRow: number, columns: number): number {
  const [a, b] = [leftRow * columns, rightRow * columns];
  let sum = 0;
  for (let column = 0; column < columns; column++) sum += left[a + column]! * right[b + column]!;
  return sum;
}

/** In double precision: proportions of a nearly uniform model differ by little. */
function unitRows({ rows, columns, data }: DenseMatrix): Float64Array {
  const unit = Float64Array.from(data);
  for (let row = 0; row < rows; row++) {
    const values = unit.subarray(row * columns, (row + 1) * columns);
    const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    if (norm > 0) values.forEach((value, column) => { values[column] = value / norm; });
  }
  return unit;
}

/** [0, H_1, …, H_n], H_n = Σ 1/i. */
function harmonicNumbers(count: number): Float64Array {
  const harmonic = new Float64Array(count + 1);
  for (let i = 1; i <= count; i++) harmonic[i] = harmonic[i - 1]! + 1 / i;
  return harmonic;
}
