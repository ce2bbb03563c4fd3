import { InvalidOptionError } from '@xtm/contracts';
import { pairedTest, type PairedTest } from '../comparison/paired-test';
import { mean, sampleDeviation } from '../statistics';
import type { TopicEvaluation } from './evaluate-topics';
import { isFloorFigure } from './figure-names';
import { figuresOf } from './figures';

/** Evaluations of one method: one a seed. */
export interface EvaluatedMethod {
  readonly name: string;
  readonly evaluations: readonly TopicEvaluation[];
}

/** One method's cell of a comparison. */
export interface ComparedFigure {
  readonly method: string;
  /** Mean over the seeds that have the figure; NaN if none has. */
  readonly mean: number;
  /** Standard deviation over the seeds (n − 1); NaN for fewer than two. */
  readonly deviation: number;
  /** Seeds that have the figure. */
  readonly seeds: number;
  /** Mean minus the first method's mean; not given for the first method. */
  readonly difference?: number;
  /** Paired t-test against the first method, where both have the figure for the same two or more seeds. */
  readonly test?: PairedTest;
}

/** One figure of several methods, in the order of the methods. */
export interface ComparisonRow {
  readonly figure: string;
  readonly methods: readonly ComparedFigure[];
}

/**
 * Puts methods side by side, figure by figure: mean and deviation over seeds, difference to the first method, and a
 * paired test where the methods ran with the same seeds. Figures that no method has do not appear, nor do the floors of
 * others (`coverageGain/floor/en`), which are there to read one model by.
 *
 * @param methods with evaluations in the same order of seeds
 * @throws InvalidOptionError without methods, or for a method without evaluations.
 */
export function compareEvaluations(methods: readonly EvaluatedMethod[]): ComparisonRow[] {
  const empty = methods.find(({ evaluations }) => evaluations.length === 0);
  if (methods.length === 0 || empty !== undefined) {
    throw new InvalidOptionError('methods', empty?.name, 'a comparison needs methods with at least one evaluation each');
  }
  const tables = methods.map(({ evaluations }) => evaluations.map((evaluation) => new Map(figuresOf(evaluation).map(({ name, value }) => [name, value]))));
  const names = new Set(tables.flat().flatMap((figures) => [...figures.keys()]));
  return [...names].filter((name) => !isFloorFigure(name)).map((figure) => {
    const values = tables.map((seeds) => seeds.map((figures) => figures.get(figure) ?? Number.NaN));
    return { figure, methods: values.map((ofMethod, index) => comparedFigure(methods[index]!.name, ofMethod, index === 0 ? undefined : values[0]!)) };
  });
}

function comparedFigure(method: string, values: readonly number[], first: readonly number[] | undefined): ComparedFigure {
  const known = values.filter((value) => !Number.isNaN(value));
  const figure = { method, mean: mean(known), deviation: sampleDeviation(known), seeds: known.length };
  if (first === undefined) return figure;
  const difference = figure.mean - mean(first.filter((value) => !Number.isNaN(value)));
  const pairable = values.length > 1 && values.length === first.length && known.length === values.length && !first.some(Number.isNaN);
  return pairable ? { ...figure, difference, test: pairedTest(first, values) } : { ...figure, difference };
}
