export {
  evaluateTopics,
  type OmittedMeasure,
  type TopicEvaluation,
  type EvaluationWarning,
} from './evaluation/evaluate-topics';
export {
  completeDocuments,
  type DocumentCompletion,
  type EvaluatedDocuments,
  type EvaluatedLanguage,
  type EvaluationInput,
  type ReferenceCorpus,
  type EvaluateTopicsOptions,
} from './evaluation/evaluation-input';
export type { MeasureName, Measures } from './evaluation/measures';
export {
  type ClassificationTable,
  type CnpmiOfPair,
  defineMetric,
  type MatesOfPair,
  type Metric,
  type MetricContext,
  type MetricNeed,
  type MetricSubject,
  Omission,
  type OfLanguagePair,
  type OfSplit,
  type ScoresWithFloor,
} from './evaluation/measure';
export {
  figuresOf,
  type Figure,
  figureTitle,
  formatNumber,
  isFloorFigure,
  isMainFigure,
  measureTitle,
  splitFigureName,
  compareEvaluations,
  type ComparedFigure,
  type ComparisonRow,
  type EvaluatedMethod,
} from './evaluation/figures';

export { comparedTitle, documentsFirst, isLessBetter, subjectOf } from './evaluation/figure-order';

export { readTopics, readTopicWords } from './read-topics';
export {
  type TopicWords,
  type TopicScores,
  scoreLanguages,
  wordsOfLanguage,
  type LanguageScores,
  mean,
  sampleDeviation,
} from './topic-scores';

export {
  topicUniqueness,
  topicDiversity,
  inverseRankBiasedOverlap,
  rankBiasedOverlap,
  topicQuality,
} from './diversity';

export { npmi, type ReferenceDocuments, cnpmi } from './coherence/npmi';
export { countReference, type TopicPair } from './coherence/count-reference';
export type { Counting, ReferenceCounts, Side } from './coherence/reference-counts';
export { type ReferenceFilePair, readReferenceConfig } from './coherence/reference-files';
export {
  indexReference,
  ReferenceIndex,
  type Postings,
  type WordPostings,
  loadReferenceIndex,
  saveReferenceIndex,
} from './coherence/reference-index';

export {
  dictionaryAgreement,
  translationsOf,
  type DictionaryAgreement,
  type Translation,
  embeddingAlignment,
  embedTopics,
  type EmbeddingAlignment,
} from './alignment';
export { halveDocuments, perplexity, type MixtureOfTopics } from './perplexity';

export { topicShares, type TopicShares, topicCoverage } from './proportions/topic-shares';
export { completionGain, unigramModel, wordsOfDocuments } from './proportions/completion-gain';
export { chanceOfMates, mateRetrieval, type MateRetrieval } from './proportions/mate-retrieval';
export {
  prevalenceResponse,
  type LabelledProportions,
  type PrevalenceResponse,
} from './proportions/prevalence-response';
export { scoreWithFloor, type ScoreWithFloor } from './proportions/score-with-floor';

export {
  type Classifier,
  type TrainClassifier,
  type LabelledFeatures,
  trainNearestNeighbours,
  type NearestNeighboursOptions,
  accuracy,
  classificationScores,
  macroF1,
  type ClassificationScores,
  classifyTopics,
  type ClassificationData,
  type ClassificationResult,
} from './classification/classify-topics';
export { trainLinearSvm, type LinearSvm, type LinearSvmOptions } from './classification/linear-svm';
export { trainRbfSvm, type RbfSvm, type RbfSvmOptions } from './classification/rbf-svm';

export { dominantTopics, purity, normalisedMutualInformation, languageBalance } from './clusters';

export { llmRatings, type LlmRatingOptions, type LlmRatings, type RatingScores, parseRating } from './ratings';

export { topicStability, type TopicStability, optimalAssignment, pairedTest, type PairedTest } from './comparison';
