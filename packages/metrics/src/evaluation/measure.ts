import type { RunOptions } from '@xtm/contracts';
import type { DictionaryAgreement, EmbeddingAlignment } from '../alignment';
import type { ClassificationResult } from '../classification/classify-topics';
import type { Counting } from '../coherence/reference-counts';
import type { MateRetrieval } from '../proportions/mate-retrieval';
import type { ScoreWithFloor } from '../proportions/score-with-floor';
import type { TopicShares } from '../proportions/topic-shares';
import type { LlmRatings } from '../ratings';
import type { LanguageScores, TopicScores } from '../topic-scores';
import type { EvaluationInput, EvaluationOptions } from './evaluation-input';

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
  readonly cnpmi: readonly (OfLanguagePair &
    TopicScores & { readonly counting: Counting; readonly documents: number })[];
  /** Of the mean CNPMI over the language pairs and the mean uniqueness over the languages. */
  readonly topicQuality: number;
  readonly dictionaryAgreement: readonly (OfLanguagePair & DictionaryAgreement)[];
  readonly embeddingAlignment: readonly (OfLanguagePair & EmbeddingAlignment)[];
  readonly topicShares: OfSplit & { readonly perLanguage: readonly TopicShares[] };
  /** Share of test documents that hold a listed word of their main topic; the mean is of the gains. */
  readonly coverageGain: ScoresWithFloor;
  /** Nats per held-out word above the unigram model; the mean is of the values. */
  readonly documentCompletion: ScoresWithFloor;
  readonly perplexity: LanguageScores;
  readonly classification: readonly ClassificationTable[];
  /** Normalised mutual information of main topics and labels within each language; the mean is of the values. */
  readonly labelInformation: OfSplit & ScoresWithFloor;
  readonly mateRetrieval: readonly MatesOfPair[];
  /** Of the test documents' dominant topics, all languages together. */
  readonly purity: number;
  readonly normalisedMutualInformation: number;
  readonly languageBalance: number;
  readonly llmRatings: LlmRatings;
}

/** The documents that something was measured on. */
export interface OfSplit {
  readonly split: 'train' | 'test';
}

/** A measure of every language beside what permuted proportions give, and the mean over the languages. */
export interface ScoresWithFloor {
  readonly perLanguage: readonly ScoreWithFloor[];
  readonly mean: number;
}

/** Retrieval between the documents of two languages that have the same id. */
export interface MatesOfPair extends OfLanguagePair, OfSplit {
  /** Pairs of documents that were ranked. */
  readonly mates: number;
  /** With each of the two languages as the one of the queries. */
  readonly directions: readonly (MateRetrieval & { readonly queryLanguage: string })[];
  /** What a random order gives. */
  readonly chance: MateRetrieval;
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

/** One measure: its line in {@link Measures} and in the registry is all else that it needs. */
export interface Measure<Name extends MeasureName> {
  /** What people call it. */
  readonly title: string;
  /** Says why instead, where the input does not allow it. */
  compute(context: MeasureContext): Measures[Name] | Omission | Promise<Measures[Name] | Omission>;
  /** Its numbers, by what follows its name and a slash in a figure's name; '' for the number that stands for all. */
  figures(value: Measures[Name], languages: readonly string[]): Readonly<Record<string, number>>;
}

/** The figures of one measure, by what follows the measure's name. */
export type FiguresOfMeasure = Readonly<Record<string, number>>;

/** Parts of a figure's name, the empty ones left out. */
export function joinName(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('/');
}

/** A mean, then every language's score by its code. */
export function languageFigures(
  { perLanguage, mean }: { readonly perLanguage: readonly number[]; readonly mean: number },
  languages: readonly string[],
): FiguresOfMeasure {
  return { '': mean, ...Object.fromEntries(languages.map((code, index) => [code, perLanguage[index]!])) };
}

/** Numbers of every pair of languages (`en~zh-Hans`), whose codes are left out where there is a single pair. */
export function pairFigures<Scores extends OfLanguagePair>(
  pairs: readonly Scores[],
  numbers: (scores: Scores) => FiguresOfMeasure,
  start = '',
): FiguresOfMeasure {
  return Object.fromEntries(
    pairs.flatMap((scores) => {
      const pair = pairs.length === 1 ? '' : scores.languages.join('~');
      return Object.entries(numbers(scores)).map(([of, value]) => [joinName(start, pair, of), value]);
    }),
  );
}
