import type { DenseMatrix } from '@xtm/contracts';
import type { Pacing } from '../pacing';

/** How a two-class problem is solved. */
export interface PairSettings {
  readonly gamma: number;
  readonly cost: number;
  /** Largest violation of the optimality conditions that is left. */
  readonly tolerance: number;
  readonly cacheBytes: number;
}

/** A two-class kernel machine: decision(x) = Σ coefficients_i·K(x_i, x) + bias; above 0 means the first class. */
interface PairSvm {
  /** [points], zero where a point is no support vector. */
  readonly coefficients: Float64Array;
  readonly bias: number;
}

/** Curvature that stands in for one that rounding made zero or negative. */
const LEAST_CURVATURE = 1e-12;
/** The violation at the start, where every point has residual ±1. */
const FIRST_VIOLATION = 2;

/**
 * Solves the dual of the C-SVM with an RBF kernel by sequential minimal optimisation, choosing the pair of points by
 * second-order information (Fan, Chen and Lin 2005, the method of libsvm).
 *
 * Works on β_i = y_i·α_i, which lies between 0 and C for the first class and −C and 0 for the second, and on the
 * residuals r_i = y_i − Σ_j β_j·K_ij. `signs` [points] is +1 for the first class, −1 for the second. Reports to
 * `pacing` the share done, between 0 and 1, on top of `doneBefore`.
 */
export async function solvePair(
  points: Points,
  signs: Float64Array,
  settings: PairSettings,
  pacing: Pacing,
  doneBefore: number,
): Promise<PairSvm> {
  const state: PairState = {
    coefficients: new Float64Array(points.rows),
    residuals: signs.slice(),
    lower: signs.map((sign) => (sign > 0 ? 0 : -settings.cost)),
    upper: signs.map((sign) => (sign > 0 ? settings.cost : 0)),
  };
  const kernel = new KernelRowCache(points, settings.gamma, settings.cacheBytes);
  let shareDone = 0;
  for (let step = 0; ; step++) {
    const riser = mostViolating(state);
    const riserRow = kernel.row(riser);
    const { faller, violation } = bestPartner(state, riser, riserRow);
    if (violation < settings.tolerance || faller < 0) break;
    movePair(state, riser, faller, riserRow, kernel.row(faller));
    if (pacing.due) {
      shareDone = Math.max(shareDone, estimateShare(step / points.rows, violation, settings.tolerance));
      await pacing.breathe(doneBefore + shareDone, { violation });
    }
  }
  return { coefficients: state.coefficients, bias: biasOf(state) };
}

/**
 * How much of the work is done: it usually takes about one step per point, and the violation, which tells when it
 * ends, comes down only in the later half.
 */
function estimateShare(stepsPerPoint: number, violation: number, tolerance: number): number {
  const descent = Math.log(FIRST_VIOLATION / violation) / Math.log(FIRST_VIOLATION / tolerance);
  return (Math.min(stepsPerPoint, 1) + Math.min(Math.max(descent, 0), 1)) / 2;
}

interface PairState {
  readonly coefficients: Float64Array;
  readonly residuals: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/**
 * The point with the largest residual among those whose coefficient can grow; the last of equal ones, as libsvm takes
 * it.
 */
function mostViolating({ coefficients, residuals, upper }: PairState): number {
  let best = -1;
  let largest = -Infinity;
  for (let i = 0; i < residuals.length; i++) {
    if (coefficients[i]! < upper[i]! && residuals[i]! >= largest) {
      largest = residuals[i]!;
      best = i;
    }
  }
  return best;
}

/**
 * Among the points whose coefficient can shrink, the one that gains most together with `riser`; and the largest
 * violation.
 */
function bestPartner({ coefficients, residuals, lower }: PairState, riser: number, riserRow: Float32Array) {
  const top = residuals[riser]!;
  let faller = -1;
  let largestGain = 0;
  let bottom = Infinity;
  for (let j = 0; j < residuals.length; j++) {
    if (coefficients[j]! <= lower[j]!) continue;
    const residual = residuals[j]!;
    if (residual < bottom) bottom = residual;
    const difference = top - residual;
    if (difference <= 0) continue;
    const gain = (difference * difference) / curvature(riserRow[j]!);
    if (gain >= largestGain) {
      largestGain = gain;
      faller = j;
    }
  }
  return { faller, violation: top - bottom };
}

/** K_ii + K_jj − 2·K_ij, where an RBF kernel has a diagonal of ones. */
function curvature(kernelValue: number): number {
  return Math.max(2 - 2 * kernelValue, LEAST_CURVATURE);
}

/** Moves weight from `faller` to `riser` up to the optimum of the two, or to the edge of their boxes. */
function movePair(
  { coefficients, residuals, lower, upper }: PairState,
  riser: number,
  faller: number,
  riserRow: Float32Array,
  fallerRow: Float32Array,
): void {
  const wanted = (residuals[riser]! - residuals[faller]!) / curvature(riserRow[faller]!);
  const roomAbove = upper[riser]! - coefficients[riser]!;
  const roomBelow = coefficients[faller]! - lower[faller]!;
  const step = Math.min(wanted, roomAbove, roomBelow);
  coefficients[riser] = step === roomAbove ? upper[riser]! : coefficients[riser]! + step;
  coefficients[faller] = step === roomBelow ? lower[faller]! : coefficients[faller]! - step;
  for (let k = 0; k < residuals.length; k++) residuals[k]! -= step * (riserRow[k]! - fallerRow[k]!);
}

/** Mean residual of the points strictly inside their box; without any, the middle of what the others allow. */
function biasOf({ coefficients, residuals, lower, upper }: PairState): number {
  let free = 0;
  let sum = 0;
  let least = -Infinity;
  let most = Infinity;
  for (let i = 0; i < residuals.length; i++) {
    const canGrow = coefficients[i]! < upper[i]!;
    const canShrink = coefficients[i]! > lower[i]!;
    if (canGrow && canShrink) {
      free++;
      sum += residuals[i]!;
    } else if (canGrow) least = Math.max(least, residuals[i]!);
    else most = Math.min(most, residuals[i]!);
  }
  return free > 0 ? sum / free : (least + most) / 2;
}

/** Rows that are compared with a point at a time. */
const LANES = 4;

/** Rows of points in double precision with their squared norms, ready for distances. */
export interface Points {
  readonly rows: number;
  readonly columns: number;
  /** Row-major; filled up with zeros to whole groups of rows. */
  readonly data: Float64Array;
  readonly squaredNorms: Float64Array;
}

/** The chosen rows of a matrix [documents, features] as points, in the order given; all rows by default. */
export function pointsOf(
  { rows, columns, data }: DenseMatrix,
  chosen: ArrayLike<number> = Array.from({ length: rows }, (_, row) => row),
): Points {
  const points = new Float64Array(Math.ceil(chosen.length / LANES) * LANES * columns);
  const squaredNorms = new Float64Array(chosen.length);
  for (let point = 0; point < chosen.length; point++) {
    const start = chosen[point]! * columns;
    let norm = 0;
    for (let column = 0; column < columns; column++) {
      const value = data[start + column]!;
      points[point * columns + column] = value;
      norm += value * value;
    }
    squaredNorms[point] = norm;
  }
  return { rows: chosen.length, columns, data: points, squaredNorms };
}

/** exp(−gamma·‖x − z‖²) between row `row` of `left` and every row of `right`, written to `out` [right.rows]. */
export function rbfRow(
  left: Points,
  row: number,
  right: Points,
  gamma: number,
  out: Float32Array | Float64Array,
): void {
  const x = left.data.subarray(row * left.columns, (row + 1) * left.columns);
  const norm = left.squaredNorms[row]!;
  const products = new Float64Array(LANES);
  for (let other = 0; other < right.rows; other += LANES) {
    multiplyLanes(x, right.data, other * right.columns, products);
    for (let lane = 0; lane < LANES && other + lane < right.rows; lane++) {
      out[other + lane] = Math.exp(
        -gamma * Math.max(0, norm + right.squaredNorms[other + lane]! - 2 * products[lane]!),
      );
    }
  }
}

/** Dot products of `x` with the four rows that begin at `start`: four sums at a time keep the processor busy. */
function multiplyLanes(x: Float64Array, data: Float64Array, start: number, products: Float64Array): void {
  const columns = x.length;
  let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
  for (
    let column = 0, at0 = start, at1 = at0 + columns, at2 = at1 + columns, at3 = at2 + columns;
    column < columns;
    column++
  ) {
    const value = x[column]!;
    sum0 += value * data[at0++]!;
    sum1 += value * data[at1++]!;
    sum2 += value * data[at2++]!;
    sum3 += value * data[at3++]!;
  }
  products[0] = sum0;
  products[1] = sum1;
  products[2] = sum2;
  products[3] = sum3;
}

/** Rows of the kernel matrix of one set of points, the least recently used dropped first. */
class KernelRowCache {
  private readonly rows = new Map<number, Float32Array>();
  private readonly capacity: number;

  /** Keeps at most `bytes` of rows, and never fewer than two. */
  constructor(
    private readonly points: Points,
    private readonly gamma: number,
    bytes: number,
  ) {
    this.capacity = Math.max(2, Math.floor(bytes / (4 * points.rows)));
  }

  /** Row `row` [points]; valid until two other rows were asked for. */
  row(row: number): Float32Array {
    const known = this.rows.get(row);
    if (known !== undefined) {
      this.rows.delete(row);
      this.rows.set(row, known);
      return known;
    }
    const values = this.freeRow();
    rbfRow(this.points, row, this.points, this.gamma, values);
    this.rows.set(row, values);
    return values;
  }

  private freeRow(): Float32Array {
    if (this.rows.size < this.capacity) return new Float32Array(this.points.rows);
    const [oldest, values] = this.rows.entries().next().value!;
    this.rows.delete(oldest);
    return values;
  }
}
