/** The parts of a training step, in their order. */
export type Phase = 'assembly' | 'forward' | 'gradient' | 'update';

/** What one operation took in one phase. */
export interface Entry {
  readonly phase: Phase;
  /** A kernel's name in TensorFlow.js' registry, or in parentheses what is no kernel. */
  readonly operation: string;
  /** Shapes of its inputs; empty where it has none. */
  readonly shapes: string;
  readonly calls: number;
  /** Without what it called that has an entry of its own. */
  readonly milliseconds: number;
}

/** What runs where no operation does. */
const REST: Readonly<Record<Phase, string>> = {
  assembly: '(batch assembly)',
  forward: '(JavaScript)',
  gradient: '(JavaScript)',
  update: '(JavaScript)',
};

/**
 * Charges every moment to exactly one operation, the innermost that runs, so that entries add up to the time that
 * passed, but for the time that the bookkeeping itself takes, which no entry has.
 */
export class TimeLedger {
  readonly #totals = new Map<string, Account>();
  #step = new Map<string, Account>();
  readonly #running: Account[] = [];
  #phase: Phase = 'assembly';
  #since: number;

  constructor(private readonly now: () => number = () => performance.now()) {
    this.#since = now();
  }

  /** From now on time that no operation takes is the phase's own. */
  startPhase(phase: Phase): void {
    this.#charge();
    this.#phase = phase;
    this.#since = this.now();
  }

  /**
   * Runs an operation and charges its time to it.
   *
   * @param shapes tells the shapes of its inputs; that takes no time of the step's
   */
  run<T>(operation: string, shapes: () => string, work: () => T): T {
    this.#charge();
    const account = this.#account(operation, shapes());
    account.calls++;
    this.#running.push(account);
    this.#since = this.now();
    try {
      return work();
    } finally {
      this.#charge();
      this.#running.pop();
      this.#since = this.now();
    }
  }

  /** Ends a step and starts the next one; a step that is not kept leaves no trace. */
  endStep(keep: boolean): void {
    this.#charge();
    if (keep) for (const [key, account] of this.#step) add(this.#totals, key, account);
    this.#step = new Map();
    this.#phase = 'assembly';
    this.#since = this.now();
  }

  /** Everything of the steps that were kept, longest first. */
  entries(): Entry[] {
    return [...this.#totals.values()].sort((a, b) => b.milliseconds - a.milliseconds);
  }

  #charge(): void {
    const account = this.#running.at(-1) ?? this.#account(REST[this.#phase], '');
    account.milliseconds += this.now() - this.#since;
  }

  #account(operation: string, shapes: string): Account {
    const key = `${this.#phase}|${operation}|${shapes}`;
    const known = this.#step.get(key);
    if (known !== undefined) return known;
    const account = { phase: this.#phase, operation, shapes, calls: 0, milliseconds: 0 };
    this.#step.set(key, account);
    return account;
  }
}

type Account = { -readonly [Key in keyof Entry]: Entry[Key] };

function add(accounts: Map<string, Account>, key: string, { calls, milliseconds, ...rest }: Account): void {
  const known = accounts.get(key);
  accounts.set(key, {
    ...rest,
    calls: calls + (known?.calls ?? 0),
    milliseconds: milliseconds + (known?.milliseconds ?? 0),
  });
}
