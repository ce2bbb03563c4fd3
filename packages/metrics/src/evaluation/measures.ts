import {
  classificationMeasure,
  languageBalanceMeasure,
  mutualInformationMeasure,
  perplexityMeasure,
  purityMeasure,
} from './document-measures';
import type { Measure, MeasureName } from './measure';
import {
  coverageGainMeasure,
  documentCompletionMeasure,
  labelInformationMeasure,
  mateRetrievalMeasure,
  topicSharesMeasure,
} from './proportion-measures';
import {
  cnpmiMeasure,
  dictionaryAgreementMeasure,
  diversityMeasure,
  embeddingAlignmentMeasure,
  npmiMeasure,
  qualityMeasure,
  rankBiasedOverlapMeasure,
  ratingsMeasure,
  uniquenessMeasure,
} from './topic-measures';

/** Every measure, in the order of tables and of computation; one may use those before it. */
export const MEASURES: { readonly [Name in MeasureName]: Measure<Name> } = {
  cnpmi: cnpmiMeasure,
  topicUniqueness: uniquenessMeasure,
  topicQuality: qualityMeasure,
  npmi: npmiMeasure,
  topicDiversity: diversityMeasure,
  inverseRankBiasedOverlap: rankBiasedOverlapMeasure,
  dictionaryAgreement: dictionaryAgreementMeasure,
  embeddingAlignment: embeddingAlignmentMeasure,
  topicShares: topicSharesMeasure,
  coverageGain: coverageGainMeasure,
  documentCompletion: documentCompletionMeasure,
  perplexity: perplexityMeasure,
  classification: classificationMeasure,
  labelInformation: labelInformationMeasure,
  mateRetrieval: mateRetrievalMeasure,
  purity: purityMeasure,
  normalisedMutualInformation: mutualInformationMeasure,
  languageBalance: languageBalanceMeasure,
  llmRatings: ratingsMeasure,
};
