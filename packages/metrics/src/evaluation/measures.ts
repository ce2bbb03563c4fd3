import {
  classificationMetric,
  languageBalanceMetric,
  mutualInformationMetric,
  perplexityMetric,
  purityMetric,
} from './document-measures';
import type { Metric } from './measure';
import {
  coverageGainMetric,
  documentCompletionMetric,
  labelInformationMetric,
  mateRetrievalMetric,
  topicSharesMetric,
} from './proportion-measures';
import {
  cnpmiMetric,
  dictionaryAgreementMetric,
  diversityMetric,
  embeddingAlignmentMetric,
  npmiMetric,
  qualityMetric,
  rankBiasedOverlapMetric,
  ratingsMetric,
  uniquenessMetric,
} from './topic-measures';

/** Every metric, in the order of tables; one that others are computed from stands before them. A new one is a line. */
const METRICS = [
  cnpmiMetric,
  uniquenessMetric,
  qualityMetric,
  npmiMetric,
  diversityMetric,
  rankBiasedOverlapMetric,
  dictionaryAgreementMetric,
  embeddingAlignmentMetric,
  topicSharesMetric,
  coverageGainMetric,
  documentCompletionMetric,
  perplexityMetric,
  classificationMetric,
  labelInformationMetric,
  mateRetrievalMetric,
  purityMetric,
  mutualInformationMetric,
  languageBalanceMetric,
  ratingsMetric,
] as const;

type ListedMetric = (typeof METRICS)[number];

/** Everything that an evaluation can measure, by name. */
export type Measures = {
  readonly [Each in ListedMetric as Each['name']]: Each extends Metric<string, infer Value> ? Value : never;
};

export type MeasureName = keyof Measures;

/** The registry, by name. What a metric gives is known to itself alone. */
export const metrics: ReadonlyMap<string, Metric<MeasureName, unknown>> = new Map(
  (METRICS as readonly Metric<MeasureName, unknown>[]).map((metric) => [metric.name, metric]),
);
