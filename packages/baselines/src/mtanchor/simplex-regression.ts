export interface SimplexRegressionOptions {
  /** Stops once the objective is within this of its least value (the gap of Frank and Wolfe); default 2e-7. */
  readonly tolerance?: number;
  /** Default 1000. */
  readonly maxIterations?: number;
}

/** Armijo's constant: share of the promised decrease that a step must bring. */
const SUFFICIENT_DECREASE = 1e-4;
/** Past objectives with whose largest per step is compared (Grippo, Lampariello & Lucidi 1986). */
const MEMORY = 10;
/** Bounds of the step size, in units of the first. */
const SMALLEST_STEP = 1e-12;
const LARGEST_STEP = 1e4;
/** Weights below are left out of products: the gradient moves by far less than the tolerance. */
const NEGLIGIBLE_WEIGHT = 1e-9;
/** Exchanges of weight that a start is worth, times the number of points. */
const EXCHANGES = 10;
/** Weights stay above this, so that they can grow again. */
const SMALLEST_WEIGHT = 1e-20;

/**
 * Expresses points as convex combinations of K fixed points: weights c ≥ 0, Σ c = 1, that minimise ‖y − Σ_k c_k·s_k‖²,
 * by exponentiated gradient (Kivinen & Warmuth 1997; Arora et al. 2013). Step sizes are Barzilai and Borwein's (1988)
 * in the entropy's geometry, halved where the objective does not fall. A start in place of equal weights is first
 * brought near by exchanges of weight between two points at a time (Platt 1998).
 *
 * Only inner products are needed: `gram` = s_j·s_k [K, K] here, s_k·y [K] for each point.
 */
export class SimplexRegression {
  readonly #size: number;
  readonly #tolerance: number;
  readonly #maxIterations: number;
  readonly #initialStep: number;
  readonly #gradient: Float64Array;
  /** Room for the block of four that the last positions may not fill. */
  readonly #kept: Int32Array;
  readonly #pastObjectives = new Float64Array(MEMORY);
  #smallestSlope = 0;
  #weights: Float64Array;
  #candidate: Float64Array;
  #gramWeights: Float64Array;
  #gramCandidate: Float64Array;

  constructor(private readonly gram: Float64Array, options: SimplexRegressionOptions = {}) {
    this.#size = Math.sqrt(gram.length);
    this.#tolerance = options.tolerance ?? 2e-7;
    this.#maxIterations = options.maxIterations ?? 1000;
    this.#initialStep = 1 / gram.reduce((largest, value) => Math.max(largest, value), Number.MIN_VALUE);
    this.#gradient = new Float64Array(this.#size);
    this.#kept = new Int32Array(this.#size + 3);
    this.#weights = new Float64Array(this.#size);
    this.#candidate = new Float64Array(this.#size);
    this.#gramWeights = new Float64Array(this.#size);
    this.#gramCandidate = new Float64Array(this.#size);
  }

  /**
   * Weights [K] of the point with these inner products [K]; overwritten by the next call. `start` are positive weights
   * to begin with [K], in place of equal ones.
   */
  solve(products: Float64Array, start?: Float64Array): Float64Array {
    if (start === undefined) this.#weights.fill(1 / this.#size);
    else this.#weights.set(start);
    this.#multiplyGram(this.#weights, this.#gramWeights);
    if (start !== undefined) this.#exchangeWeights(products);
    this.#pastObjectives.fill(-Infinity);
    let step = this.#initialStep;
    // Objectives count from the starting point's, which is all that comparing them takes.
    let objective = 0;
    for (let iteration = 0; iteration < this.#maxIterations && step > SMALLEST_STEP * this.#initialStep; iteration++) {
      this.#pastObjectives[iteration % MEMORY] = objective;
      if (this.#updateGradient(products) < this.#tolerance) break;
      const { change, promised, curvature } = this.#propose(products, step);
      if (objective + change > largest(this.#pastObjectives) + SUFFICIENT_DECREASE * promised) {
        step /= 2;
        continue;
      }
      objective += change;
      this.#accept();
      // −step · promised is the product of the changes of log c and of c.
      step = Math.min(step * (curvature > 0 ? -promised / curvature : 1), LARGEST_STEP * this.#initialStep);
    }
    return this.#weights;
  }

  /**
   * Brings a start near the least value: weight moves from the point that has too much of it to the one that has too
   * little, as much as lowers the objective most, again and again. From a start that is good for most points this
   * takes a few cheap steps, where exponentiated gradient takes long to raise weights from almost nothing.
   */
  #exchangeWeights(products: Float64Array): void {
    for (let exchange = 0; exchange < EXCHANGES * this.#size; exchange++) {
      if (this.#updateGradient(products) < this.#tolerance) return;
      const [from, to] = [
        this.#steepest((slope, k) => (this.#weights[k]! > NEGLIGIBLE_WEIGHT ? slope : -Infinity)),
        this.#steepest((slope) => -slope),
      ];
      if (from === to) return;
      this.#moveWeight(from, to);
    }
  }

  /** Position of the largest value of a function of the gradient. */
  #steepest(of: (slope: number, k: number) => number): number {
    let position = 0;
    let most = -Infinity;
    for (let k = 0; k < this.#size; k++) {
      const value = of(this.#gradient[k]!, k);
      if (value <= most) continue;
      most = value;
      position = k;
    }
    return position;
  }

  /** Exact line search: along e_to − e_from the objective is a parabola. */
  #moveWeight(from: number, to: number): void {
    const { gram } = this;
    const size = this.#size;
    const curvature = gram[to * size + to]! + gram[from * size + from]! - 2 * gram[from * size + to]!;
    const available = this.#weights[from]!;
    const moved =
      curvature > 0 ? Math.min(available, (this.#gradient[from]! - this.#gradient[to]!) / (2 * curvature)) : available;
    this.#weights[from] = available - moved;
    this.#weights[to]! += moved;
    for (let k = 0; k < size; k++) this.#gramWeights[k]! += moved * (gram[to * size + k]! - gram[from * size + k]!);
  }

  /** Sets the gradient 2·(G·c − p); returns how far the objective may be above its least value. */
  #updateGradient(products: Float64Array): number {
    let smallest = Infinity;
    let mean = 0;
    for (let k = 0; k < this.#size; k++) {
      const slope = 2 * (this.#gramWeights[k]! - products[k]!);
      this.#gradient[k] = slope;
      if (slope < smallest) smallest = slope;
      mean += slope * this.#weights[k]!;
    }
    this.#smallestSlope = smallest;
    return mean - smallest;
  }

  /**
   * Sets the candidate c' ∝ c·exp(−step·gradient). Returns the objective's change, the change that the gradient
   * promises, and the product of the changes of c and of the gradient.
   */
  #propose(products: Float64Array, step: number): { change: number; promised: number; curvature: number } {
    this.#multiplyByExponentials(step);
    this.#multiplyGram(this.#candidate, this.#gramCandidate);
    let change = 0;
    let promised = 0;
    let curvature = 0;
    for (let k = 0; k < this.#size; k++) {
      const difference = this.#candidate[k]! - this.#weights[k]!;
      change += difference * (this.#gramCandidate[k]! + this.#gramWeights[k]! - 2 * products[k]!);
      promised += difference * this.#gradient[k]!;
      curvature += 2 * difference * (this.#gramCandidate[k]! - this.#gramWeights[k]!);
    }
    return { change, promised, curvature };
  }

  #multiplyByExponentials(step: number): void {
    let total = 0;
    for (let k = 0; k < this.#size; k++) {
      const weight = Math.max(
        SMALLEST_WEIGHT,
        this.#weights[k]! * Math.exp(step * (this.#smallestSlope - this.#gradient[k]!)),
      );
      this.#candidate[k] = weight;
      total += weight;
    }
    for (let k = 0; k < this.#size; k++) this.#candidate[k]! /= total;
  }

  #accept(): void {
    [this.#weights, this.#candidate] = [this.#candidate, this.#weights];
    [this.#gramWeights, this.#gramCandidate] = [this.#gramCandidate, this.#gramWeights];
  }

  /** Four rows of the Gram matrix at a time, which is twice as fast as one. */
  #multiplyGram(weights: Float64Array, out: Float64Array): void {
    const { gram } = this;
    const size = this.#size;
    const kept = this.#keep(weights);
    out.fill(0);
    for (let i = 0; i < kept; i += 4) {
      const [a, b, c, d] = [this.#kept[i]!, this.#kept[i + 1]!, this.#kept[i + 2]!, this.#kept[i + 3]!];
      const wa = weights[a]!;
      const wb = i + 1 < kept ? weights[b]! : 0;
      const wc = i + 2 < kept ? weights[c]! : 0;
      const wd = i + 3 < kept ? weights[d]! : 0;
      for (let k = 0; k < size; k++) {
        out[k]! +=
          wa * gram[a * size + k]! + wb * gram[b * size + k]! + wc * gram[c * size + k]! + wd * gram[d * size + k]!;
      }
    }
  }

  /** Lists the positions of weights that count; returns their number. */
  #keep(weights: Float64Array): number {
    let kept = 0;
    for (let k = 0; k < this.#size; k++) {
      if (weights[k]! >= NEGLIGIBLE_WEIGHT) this.#kept[kept++] = k;
    }
    return kept;
  }
}

function largest(values: Float64Array): number {
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i]!);
  return most;
}
