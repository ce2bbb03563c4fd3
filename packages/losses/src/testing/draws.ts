import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';

/** Shortest vector drawn: directions of shorter ones turn too fast for finite differences. */
const SHORTEST = 0.5;

/** Repeatable draws for property tests (mulberry32). */
export class Draws {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** Uniform on [0, 1). */
  uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** N(0, 1). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  integer(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** Normal entries, no row near zero. */
  points(rows: number, columns: number): tf.Tensor2D {
    return tf.tensor2d(Array.from({ length: rows }, () => this.#vector(columns)), [rows, columns]);
  }

  /** Between 0.2 and 1.2. */
  weights(length: number): tf.Tensor1D {
    return tf.tensor1d(Array.from({ length }, () => 0.2 + this.uniform()));
  }

  /** Rows sum to 1, entries well above 0. */
  proportions(rows: number, columns: number): tf.Tensor2D {
    return tf.tidy(() => {
      const weights = tf.reshape(this.weights(rows * columns), [rows, columns]) as tf.Tensor2D;
      return tf.div(weights, tf.sum(weights, 1, true));
    });
  }

  permutation(length: number): number[] {
    return Array.from({ length }, (_, index) => ({ index, key: this.uniform() })).sort((a, b) => a.key - b.key).map(({ index }) => index);
  }

  #vector(length: number): number[] {
    const vector = Array.from({ length }, () => this.normal());
    return Math.hypot(...vector) < SHORTEST ? this.#vector(length) : vector;
  }
}

/** Sizes of the tensors of one run, 1 included, and what to fill them with. */
export interface Sizes {
  readonly n: number;
  readonly m: number;
  readonly dimensions: number;
  readonly draws: Draws;
}

const sizes = fc.record({
  n: fc.integer({ min: 1, max: 5 }),
  m: fc.integer({ min: 1, max: 5 }),
  dimensions: fc.integer({ min: 1, max: 4 }),
  seed: fc.integer(),
});

/** Checks a property over random shapes. */
export function forSizes(property: (sizes: Sizes) => void, numRuns = 12): void {
  const run = fc.property(sizes, ({ seed, ...shape }) => {
    tf.tidy(() => {
      property({ ...shape, draws: new Draws(seed) });
    });
  });
  fc.assert(run, { numRuns, seed: 20 });
}
