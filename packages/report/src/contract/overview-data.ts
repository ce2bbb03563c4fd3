import type { Available } from './available';

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
