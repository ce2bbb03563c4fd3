/** How long a stage is repeated. */
export interface Repetition {
  /** Steps that are timed. */
  readonly steps: number;
  /** Steps before them. */
  readonly warmup: number;
  /** Time after which fewer steps are enough: as many seconds of timed steps, half as many of warm-up. */
  readonly seconds: number;
}

/** One timed step. */
interface StepTime {
  /** Milliseconds that passed. */
  readonly wall: number;
  /** Milliseconds of processor time, of all the process' threads together. */
  readonly cpu: number;
}

/** Fewest timed steps, however long they take. */
const FEWEST_STEPS = 3;

/** Times the steps of a stage. The first step is never timed, since it contains the stage's preparation. */
export class StepClock {
  readonly #repetition: Repetition;
  readonly #times: StepTime[] = [];
  #ticks = 0;
  #warmedUp = false;
  #phaseStart = 0;
  #wall = 0;
  #cpu: NodeJS.CpuUsage = { user: 0, system: 0 };

  constructor(repetition: Repetition) {
    this.#repetition = repetition;
  }

  get times(): readonly StepTime[] {
    return this.#times;
  }

  /** Call at the end of every step. False: that was the last one. */
  tick(): boolean {
    const wall = performance.now();
    const { user, system } = process.cpuUsage(this.#cpu);
    if (this.#warmedUp) this.#times.push({ wall: wall - this.#wall, cpu: (user + system) / 1000 });
    else this.#warmUp(wall);
    this.#ticks++;
    // Read anew, so that what the clock itself does is in no step.
    this.#cpu = process.cpuUsage();
    this.#wall = performance.now();
    return !this.#isEnough();
  }

  #warmUp(now: number): void {
    const { warmup, seconds } = this.#repetition;
    if (this.#ticks === 0) this.#phaseStart = now;
    this.#warmedUp = this.#ticks + 1 >= warmup || now - this.#phaseStart > seconds * 500;
    if (this.#warmedUp) this.#phaseStart = now;
  }

  #isEnough(): boolean {
    const { steps, seconds } = this.#repetition;
    if (this.#times.length >= steps) return true;
    return this.#times.length >= FEWEST_STEPS && this.#wall - this.#phaseStart > seconds * 1000;
  }
}

/** Where the middle of some figures is, and where all but the lowest and highest tenth are. */
interface Quantiles {
  readonly median: number;
  /** A tenth is below. */
  readonly low: number;
  /** A tenth is above. */
  readonly high: number;
}

/** Quantiles of at least one figure, linear between neighbours. */
export function quantiles(figures: readonly number[]): Quantiles {
  const ascending = Float64Array.from(figures).sort();
  const at = (share: number): number => {
    const place = share * (ascending.length - 1);
    const [below, above] = [ascending[Math.floor(place)]!, ascending[Math.ceil(place)]!];
    return below + (above - below) * (place - Math.floor(place));
  };
  return { median: at(0.5), low: at(0.1), high: at(0.9) };
}
