/** One number of a table, or why there is none. */
export interface FilledCell {
  readonly value?: number;
  /** Standard deviation over seeds, where there are several. */
  readonly deviation?: number;
  /** Seeds that the number is of, where they are not all that the line names. */
  readonly seeds?: readonly number[];
  /** What is missing for the number. */
  readonly missing?: string;
  /** A difference that asks for an explanation. */
  readonly beyondTolerance?: boolean;
}

/** Whose numbers a line has. */
export type LineKind = 'ours' | 'paper' | 'difference' | 'publicCode';

export interface FilledLine {
  /** The row's method. */
  readonly method: string;
  readonly kind: LineKind;
  /** How the line came about: seeds, classifier, deviating settings. */
  readonly note: string;
  readonly cells: readonly FilledCell[];
}

export interface FilledSection {
  /** Name of the benchmark. */
  readonly dataset: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly lines: readonly FilledLine[];
}

/** A table of a paper with what is known about each cell; safe to write as JSON. */
export interface FilledTable {
  readonly name: string;
  readonly title: string;
  readonly about: readonly string[];
  /** Trained for a few epochs only: the numbers say nothing about the models. */
  readonly quick: boolean;
  readonly sections: readonly FilledSection[];
}
