import type { WordRanking } from '@xtm/contracts';
import type {
  AlignmentData,
  DocumentMapData,
  DocumentsData,
  FacetData,
  TopicData,
  TopicMapData,
  WordTableData,
} from './topic-data';

/**
 * All that the page of one run shows. Positions in `topics` stand for topics, positions in `languages` for languages.
 */
export interface RunReportData {
  readonly kind: 'run';
  readonly languages: readonly LanguageData[];
  /** Signs that the topics say little about the documents. */
  readonly warnings: readonly WarningData[];
  /** How the run ranks topics' words. */
  readonly ranking: WordRanking;
  /** Whether each language was normalised by itself, so that shares cannot be compared between the languages. */
  readonly prevalenceIsLevelled: boolean;
  readonly overview: OverviewData;
  readonly figures: FiguresData;
  /** One table per language. */
  readonly words: readonly WordTableData[];
  readonly topics: readonly TopicData[];
  readonly topicMap: TopicMapData;
  readonly documents: DocumentsData;
  readonly facets: readonly FacetData[];
  readonly documentMap: Available<DocumentMapData>;
  readonly training: Available<TrainingData>;
  readonly alignment: Available<AlignmentData>;
  readonly ratings: Available<RatingsData>;
}

/** Data of a view, or why there are none, in one sentence for people. */
export type Available<Data> = { readonly data: Data } | { readonly missing: string };

/** A language of the run. */
export interface LanguageData {
  /** BCP-47. */
  readonly code: string;
  /** What people call it, in English. */
  readonly name: string;
}

/** Something that a reader should know before anything else. */
export interface WarningData {
  readonly title: string;
  /** The facts, a sentence each. */
  readonly facts: readonly string[];
}

/** What was run on what, and what it cost. */
export interface OverviewData {
  /** The run's name. */
  readonly run: string;
  /** ISO 8601. */
  readonly written: string;
  readonly model: string;
  readonly numTopics: number;
  readonly dataset: DatasetData;
  readonly settings: readonly SettingData[];
  readonly spending: Available<SpendingData>;
  /** What people did to the topics, a sentence each. */
  readonly edits: readonly string[];
  readonly effort: EffortData;
}

export interface DatasetData {
  readonly name: string;
  readonly description?: string;
  /** One entry per language. */
  readonly words: readonly number[];
  readonly trainDocuments: readonly number[];
  readonly testDocuments: readonly number[];
  readonly dictionaryPairs?: number;
}

export interface SettingData {
  /** Nested names joined by dots. */
  readonly name: string;
  readonly value: string;
  /** Where it came from: flag, file, preset or default. */
  readonly source?: string;
}

/** What refinement and rating asked of language models. */
export interface SpendingData {
  readonly purposes: readonly SpendingPurpose[];
  /** In the currency of the prices that the run was given. */
  readonly cost?: number;
}

export interface SpendingPurpose {
  readonly purpose: string;
  readonly model: string;
  /** Replies, those from the cache among them; unknown where only tokens were kept. */
  readonly replies?: number;
  readonly fromCache?: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface EffortData {
  readonly epochs: number;
  readonly seconds: number;
  readonly documentsPerSecond?: number;
  /** Bytes. */
  readonly peakMemory?: number;
  readonly backend: string;
  readonly versions: readonly string[];
}

/** What training minimised, epoch by epoch. */
export interface TrainingData {
  readonly epochs: readonly number[];
  readonly losses: readonly LossCurve[];
  /** Epochs at whose start the topics were refined. */
  readonly refinements: readonly number[];
}

export interface LossCurve {
  readonly name: string;
  /** Null in epochs without it. */
  readonly values: readonly (number | null)[];
}

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

interface OmittedData {
  readonly measure: string;
  readonly reason: string;
}

/** Ratings of topics by a language model, from 1 to 3. */
export interface RatingsData {
  readonly model: string;
  /** How often each question was asked. */
  readonly runs: number;
  /** Coherence in each language, then similarity of each pair. */
  readonly rows: readonly RatingRow[];
}

interface RatingRow {
  readonly title: string;
  /** One rating per topic; null without a usable reply. */
  readonly ratings: readonly (number | null)[];
}
