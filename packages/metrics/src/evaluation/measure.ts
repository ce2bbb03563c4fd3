import type { RunOptions } from '@xtm/contracts';
import type { ClassificationResult } from '../classification/classify-topics';
import type { Counting } from '../coherence/reference-counts';
import type { MateRetrieval } from '../proportions/mate-retrieval';
import type { ScoreWithFloor } from '../proportions/score-with-floor';
import type { TopicScores } from '../topic-scores';
import type { EvaluationInput, EvaluationOptions } from './evaluation-input';

/** Codes of two languages. */
export interface OfLanguagePair {
  readonly languages: readonly [string, string];
}

/** CNPMI of one pair of languages. */
export interface CnpmiOfPair extends OfLanguagePair, TopicScores {
  readonly counting: Counting;
  readonly documents: number;
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

/** Why a measure was left out, in one sentence for people. */
export class Omission {
  constructor(readonly reason: string) {}
}

/** What a metric is computed from. */
export interface MetricContext {
  readonly input: EvaluationInput;
  readonly options: EvaluationOptions;
  readonly run: RunOptions;
  /** What a metric gave that stands before this one in the registry; undefined where it was left out. */
  known<Value>(metric: Metric<string, Value>): Value | undefined;
}

/** What a metric cannot do without: each with how to see that it is there, and what to say where it is not. */
const NEEDS = {
  dictionaries: [({ dictionaries = [] }) => dictionaries.length > 0, 'no dictionary was given'],
  references: [({ references = [] }) => references.length > 0, 'no reference corpus was given'],
  embedder: [({ embedder }) => embedder !== undefined, 'no embedder was given'],
  chatModel: [({ chatModel }) => chatModel !== undefined, 'no chat model was given'],
  twoLanguages: [({ languages }) => languages.length > 1, 'there is only one language'],
} satisfies Readonly<Record<string, readonly [isThere: (input: EvaluationInput) => boolean, reason: string]>>;

export type MetricNeed = keyof typeof NEEDS;

/** The first of the needs that the input does not meet, if any, as what to say of it. */
export function missingNeed(needs: readonly MetricNeed[], input: EvaluationInput): Omission | undefined {
  const missing = needs.find((need) => !NEEDS[need][0](input));
  return missing && new Omission(NEEDS[missing][1]);
}

/**
 * What a metric looks at, which says where tables have it: topics' shares of documents beside what chance gives, which
 * show a model whose topics say nothing of them; otherwise documents; classifiers of documents; or lists of words.
 */
export type MetricSubject = 'proportions' | 'documents' | 'classifiers' | 'words';

/** One metric: this and its line in the registry is all that it needs. */
export interface Metric<Name extends string, Value> {
  /** Its key in evaluations, and the beginning of its figures' names. */
  readonly name: Name;
  /** What people call it. */
  readonly title: string;
  /** Without these it is left out; `compute` looks at the rest. Default none. */
  readonly needs?: readonly MetricNeed[];
  /** Says why instead, where the input does not allow it. Lists over languages come in the order of the input. */
  compute(context: MetricContext): Value | Omission | Promise<Value | Omission>;
  /** Its numbers, by what follows its name and a slash in a figure's name; '' for the number that stands for all. */
  figures(value: Value, languages: readonly string[]): FiguresOfMeasure;
  /** Default words. */
  readonly looksAt?: MetricSubject;
  /** Figures of which less is better, by how their names begin after the metric's; '' for all. Default none. */
  readonly lessIsBetter?: readonly string[];
  /** Whether a table of many models shows a figure, by what follows the name. Default: the number for all alone. */
  isMain?(of: string): boolean;
}

/** A metric for the registry. */
export function defineMetric<const Name extends string, Value>(metric: Metric<Name, Value>): Metric<Name, Value> {
  return metric;
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
