/** Where a model takes its noise from; golden cases hand in recorded noise. */
export interface NoiseSource {
  /** Fills with independent draws of N(0, 1). */
  fillNormal(out: Float32Array): void;
  /** Fills with independent draws, uniform on [0, 1). */
  fillUniform(out: Float32Array): void;
}

/** State of a generator, safe to write as JSON. */
export type RandomState = readonly number[];

/** A seeded generator: the same seed gives the same draws on every machine. */
export interface RandomGenerator extends NoiseSource {
  /** Uniform on [0, 1). */
  uniform(): number;
  /** N(0, 1). */
  normal(): number;
  /** Uniform on {0, …, bound − 1}. */
  integer(bound: number): number;
  /** Shuffles in place (Fisher–Yates). */
  shuffle(items: { length: number; [index: number]: number }): void;
  /** A generator of its own whose draws depend on this one's seed and the name only, not on draws made so far. */
  fork(name: string): RandomGenerator;
  readonly state: RandomState;
}
