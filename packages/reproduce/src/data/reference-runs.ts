import runs from './reference-runs.json';

/** What the public Python code reached on whole benchmarks. */
export interface PublicCodeRuns {
  /** Settings and measures, in words. */
  readonly about: string;
  readonly model: string;
  readonly seeds: readonly number[];
  /** By benchmark and by the figure names of `figuresOf`. */
  readonly figures: Readonly<Partial<Record<string, Readonly<Partial<Record<string, number>>>>>>;
}

export const publicCodeRuns: PublicCodeRuns = runs;
