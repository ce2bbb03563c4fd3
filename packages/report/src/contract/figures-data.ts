/** What was measured, in the words of somebody who wants to use the topics. */
export interface FiguresData {
  /** Whether the topics say something about the documents. */
  readonly cards: readonly FigureCard[];
  /** All other figures. */
  readonly rows: readonly FigureRow[];
  readonly classification: readonly ClassificationRow[];
  readonly omitted: readonly OmittedData[];
}

/** One figure of every language, beside what chance gives. */
export interface FigureCard {
  readonly title: string;
  /** What it says, in a sentence or two. */
  readonly explanation: string;
  readonly unit: 'share' | 'number';
  readonly values: readonly FigureValue[];
}

export interface FigureValue {
  /** Of which language or languages, by name. */
  readonly of: string;
  readonly value: number | null;
  /** What topics that are dealt out at random give. */
  readonly floor?: number | null;
  /** Whether the value is not clearly above the floor. */
  readonly isChance?: boolean;
  /** Anything else, in a few words. */
  readonly note?: string;
}

export interface FigureRow {
  readonly title: string;
  readonly explanation: string;
  /** Of all languages together. */
  readonly all: number | null;
  /** One entry per language. */
  readonly languages: readonly (number | null)[];
}

/** A classifier that was trained on the topics of documents of some languages and tested on those of one. */
export interface ClassificationRow {
  readonly trained: string;
  readonly tested: string;
  readonly classifier: string;
  readonly accuracy: number | null;
  readonly macroF1: number | null;
}

export interface OmittedData {
  readonly measure: string;
  readonly reason: string;
}
