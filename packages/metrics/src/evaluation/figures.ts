import { InvalidOptionError } from '@xtm/contracts';
import { pairedTest, type PairedTest } from '../comparison';
import { mean, sampleDeviation } from '../topic-scores';
import type { TopicEvaluation } from './evaluate-topics';
import { joinName } from './measure';
import { type MeasureName, metrics } from './measures';

/** One number of an evaluation. */
export interface Figure {
  /**
   * Measure and, after slashes, what of it: `topicUniqueness`, `topicUniqueness/en`,
   * `classification/linear/en-I/accuracy`.
   */
  readonly name: string;
  readonly value: number;
}

/**
 * The numbers of an evaluation as one flat list, for tables and comparisons: means first, then each language, pair of
 * languages (`en~zh-Hans`) or classifier's cell. With more than two languages a cross-lingual cell names its training
 * language too (`en-C-fr`). What permuted proportions or a random order would give has `floor` in its name
 * (`coverageGain/floor/en`).
 */
export function figuresOf({ languages, measures }: TopicEvaluation): Figure[] {
  return [...metrics.values()].flatMap(({ name, ...metric }) => {
    const value = measures[name];
    if (value === undefined) return [];
    const figures = Object.entries(metric.figures(value, languages));
    return figures.map(([of, number]) => ({ name: joinName(name, of), value: number }));
  });
}

/** What people call a measure. */
export function measureTitle(measure: MeasureName): string {
  return metrics.get(measure)!.title;
}

/**
 * Whether a table of many models shows the figure unless asked for others: one number per measure, accuracies,
 * ratings, the effective number of topics and the largest main topic.
 */
export function isMainFigure(name: string): boolean {
  const [measure, ...of] = name.split('/');
  return of.length === 0 || (metrics.get(measure!)?.isMain?.(of.join('/')) ?? false);
}

/** Whether a figure is what permuted proportions or a random order give, to read another figure by. */
export function isFloorFigure(name: string): boolean {
  return name.split('/').includes('floor');
}

/**
 * A figure's measure, and what of it: `classification/linear/en-I/accuracy` is the classification of `linear en-I
 * accuracy`.
 */
export function splitFigureName(name: string): readonly [measure: string, of: string] {
  const [measure, ...parts] = name.split('/');
  return [measureTitle(measure as MeasureName), parts.join(' ')];
}

/** The same in one phrase, for tables that need the room. */
export function figureTitle(name: string): string {
  return splitFigureName(name).filter((part) => part !== '').join(' ');
}

/** Three decimals, one from 100 on; "none" for a value that does not exist. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'none';
  return value.toFixed(Math.abs(value) < 100 ? 3 : 1);
}

/** Evaluations of one method: one per seed. */
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
 * paired test where the methods ran with the same seeds. Figures that no method has do not appear, nor do the floors
 * of others (`coverageGain/floor/en`), which are there to read one model by.
 *
 * @param methods with evaluations in the same order of seeds
 * @throws InvalidOptionError without methods, or for a method without evaluations.
 */
export function compareEvaluations(methods: readonly EvaluatedMethod[]): ComparisonRow[] {
  const empty = methods.find(({ evaluations }) => evaluations.length === 0);
  if (methods.length === 0 || empty !== undefined) {
    throw new InvalidOptionError(
      'methods',
      empty?.name,
      'a comparison needs methods with at least one evaluation each',
    );
  }
  const tables = methods.map(({ evaluations }) =>
    evaluations.map((evaluation) => new Map(figuresOf(evaluation).map(({ name, value }) => [name, value]))),
  );
  const names = new Set(tables.flat().flatMap((figures) => [...figures.keys()]));
  return [...names]
    .filter((name) => !isFloorFigure(name))
    .map((figure) => {
      const values = tables.map((seeds) => seeds.map((figures) => figures.get(figure) ?? Number.NaN));
      return {
        figure,
        methods: values.map((ofMethod, index) =>
          comparedFigure(methods[index]!.name, ofMethod, index === 0 ? undefined : values[0]!),
        ),
      };
    });
}

function comparedFigure(
  method: string,
  values: readonly number[],
  first: readonly number[] | undefined,
): ComparedFigure {
  const known = values.filter((value) => !Number.isNaN(value));
  const figure = { method, mean: mean(known), deviation: sampleDeviation(known), seeds: known.length };
  if (first === undefined) return figure;
  const difference = figure.mean - mean(first.filter((value) => !Number.isNaN(value)));
  const pairable =
    values.length > 1 && values.length === first.length && known.length === values.length && !first.some(Number.isNaN);
  return pairable ? { ...figure, difference, test: pairedTest(first, values) } : { ...figure, difference };
}
