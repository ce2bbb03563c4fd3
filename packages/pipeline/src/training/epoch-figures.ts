/** What one epoch of training came to. */
export interface EpochFigures {
  /** Counted from 1. */
  readonly epoch: number;
  readonly learningRate: number;
  /** The loss and its addends by name, mean over the epoch's batches. */
  readonly losses: Readonly<Record<string, number>>;
  /** Global gradient norm before clipping, mean over the epoch's batches. */
  readonly gradientNorm: number;
  readonly seconds: number;
  /** Documents of all languages a second. */
  readonly documentsPerSecond: number;
  /** Living tensors after the epoch; the same every epoch. */
  readonly numTensors: number;
  /** Largest resident set of the process so far, in bytes. */
  readonly peakMemory: number;
}

/** Sums of the losses of an epoch's steps. */
export class LossAverage {
  readonly #sums = new Map<string, number>();
  #norms = 0;
  #steps = 0;

  add(names: readonly string[], values: ArrayLike<number>, gradientNorm: number): void {
    names.forEach((name, i) => this.#sums.set(name, (this.#sums.get(name) ?? 0) + values[i]!));
    this.#norms += gradientNorm;
    this.#steps += 1;
  }

  get losses(): Record<string, number> {
    return Object.fromEntries([...this.#sums].map(([name, sum]) => [name, sum / this.#steps]));
  }

  get gradientNorm(): number {
    return this.#norms / this.#steps;
  }
}
