import type { RunOptions } from '@xtm/contracts';
import type { DictionaryAgreement } from '../alignment/dictionary-agreement';
import type { EmbeddingAlignment } from '../alignment/embedding-alignment';
import type { ClassificationResult } from '../classification/classify-topics';
import type { Counting } from '../coherence/reference/reference-counts';
import type { LanguageScores } from '../language-scores';
import type { LlmRatings } from '../ratings/llm-ratings';
import type { TopicScores } from '../topic-scores';
import type { EvaluationInput } from './evaluation-input';
import type { EvaluationOptions } from './evaluation-options';

/** Codes of two languages. */
export interface OfLanguagePair {
  readonly languages: readonly [string, string];
}

/** Everything that an evaluation can measure, by name. Lists over languages come in the order of the input. */
export interface Measures {
  readonly topicUniqueness: LanguageScores;
  readonly topicDiversity: LanguageScores;
  readonly inverseRankBiasedOverlap: LanguageScores;
  readonly npmi: LanguageScores & { readonly perTopic: readonly (readonly number[])[] };
  readonly cnpmi: readonly (OfLanguagePair & TopicScores & { readonly counting: Counting; readonly documents: number })[];
  /** Of the mean CNPMI over the language pairs and the mean uniqueness over the languages. */
  readonly topicQuality: number;
  readonly dictionaryAgreement: readonly (OfLanguagePair & DictionaryAgreement)[];
  readonly embeddingAlignment: readonly (OfLanguagePair & EmbeddingAlignment)[];
  readonly perplexity: LanguageScores;
  readonly classification: readonly ClassificationTable[];
  /** Of the test documents' dominant topics, all languages together. */
  readonly purity: number;
  readonly normalisedMutualInformation: number;
  readonly languageBalance: number;
  readonly llmRatings: LlmRatings;
}

/** Results of one classifier. */
export interface ClassificationTable {
  readonly classifier: 'linear' | 'rbf' | 'nearestNeighbours';
  /** What it was fed: inferred means, or proportions where the method has no means. */
  readonly features: 'means' | 'proportions';
  readonly results: readonly ClassificationResult[];
}

export type MeasureName = keyof Measures;

/** Why a measure was left out, in one sentence for people. */
export class Omission {
  constructor(readonly reason: string) {}
}

/** What a measure is computed from. */
export interface MeasureContext {
  readonly input: EvaluationInput;
  readonly options: EvaluationOptions;
  readonly run: RunOptions;
  /** Measures that stand before this one in the registry. */
  readonly known: Partial<Measures>;
}

/** Computes one measure, or says why the input does not allow it. */
export type Measure<Name extends MeasureName> = (context: MeasureContext) => Measures[Name] | Omission | Promise<Measures[Name] | Omission>;
