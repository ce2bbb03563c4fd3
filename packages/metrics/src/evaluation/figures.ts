import type { TopicEvaluation } from './evaluate-topics';
import { joinName } from './figures-of-measure';
import type { MeasureName, Measures } from './measure';
import { MEASURES } from './measures';

/** One number of an evaluation. */
export interface Figure {
  /** Measure and, after slashes, what of it: `topicUniqueness`, `topicUniqueness/en`, `classification/linear/en-I/accuracy`. */
  readonly name: string;
  readonly value: number;
}

/**
 * The numbers of an evaluation as one flat list, for tables and comparisons: means first, then each language, pair of
 * languages (`en~zh-Hans`) or classifier's cell. With more than two languages a cross-lingual cell names its training
 * language too (`en-C-fr`). What permuted proportions or a random order would give has `floor` in its name
 * (`coverageGain/floor/en`).
 */
export function figuresOf(evaluation: TopicEvaluation): Figure[] {
  return (Object.keys(MEASURES) as MeasureName[]).flatMap((name) => figuresOfMeasure(name, evaluation));
}

function figuresOfMeasure<Name extends MeasureName>(name: Name, { languages, measures }: TopicEvaluation): Figure[] {
  const value: Measures[Name] | undefined = measures[name];
  if (value === undefined) return [];
  return Object.entries(MEASURES[name].figures(value, languages)).map(([of, number]) => ({ name: joinName(name, of), value: number }));
}
