import type { LanguageData, RunReportData, TrainingData, WarningData } from './run-data';

/** What the page is handed as JSON. */
export type ReportData = RunReportData | ComparisonReportData;

/** Id of the element that holds it. */
export const DATA_ELEMENT = 'report-data';

/** All that the page of several runs shows. */
export interface ComparisonReportData {
  readonly kind: 'comparison';
  /** ISO 8601. */
  readonly written: string;
  readonly languages: readonly LanguageData[];
  readonly methods: readonly ComparedMethodData[];
  readonly figures: readonly ComparedFigureData[];
  /** Settings in which the runs differ, with one value per run. */
  readonly differences: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly warnings: readonly string[];
  /** Runs whose topics say little about the documents, and what is wrong with them. */
  readonly poor: readonly { readonly run: string; readonly warnings: readonly WarningData[] }[];
  readonly runs: readonly ComparedRunData[];
  /** Topics of the first run with their nearest ones in the others. */
  readonly matches: readonly TopicMatchData[];
}

interface ComparedMethodData {
  readonly name: string;
  readonly seeds: number;
  /** Agreement of topics over seeds. */
  readonly stability?: number;
}

export interface ComparedFigureData {
  readonly title: string;
  readonly explanation: string;
  /** The code of a language; empty for all of them together. */
  readonly of: string;
  /** Whether it is one of the few that tell most. */
  readonly isMain: boolean;
  /** One entry per method. */
  readonly means: readonly (number | null)[];
  readonly deviations: readonly (number | null)[];
  /** To the first method; null for that one. */
  readonly differences: readonly (number | null)[];
  /** Of a paired t-test over seeds against the first method. */
  readonly pValues: readonly (number | null)[];
}

interface ComparedRunData {
  readonly name: string;
  readonly training?: TrainingData;
}

/** One topic of the first run. */
export interface TopicMatchData {
  /** One entry per run: the topic there, with its words by language, and how much it shares with the first run's. */
  readonly topics: readonly (MatchedTopicData | null)[];
}

export interface MatchedTopicData {
  readonly index: number;
  /** One list per language. */
  readonly words: readonly (readonly string[])[];
  /** Words in common by words in either, mean over the languages. */
  readonly overlap: number;
}
