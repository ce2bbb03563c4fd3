export { evaluateTopics, type OmittedMeasure, type TopicEvaluation } from './evaluation/evaluate-topics';
export { completeDocuments, type DocumentCompletion, type EvaluatedDocuments, type EvaluatedLanguage, type EvaluationInput, type ReferenceCorpus } from './evaluation/evaluation-input';
export type { EvaluateTopicsOptions } from './evaluation/evaluation-options';
export type { EvaluationWarning } from './evaluation/evaluation-warnings';
export type { ClassificationTable, MatesOfPair, MeasureName, Measures, OfLanguagePair, OfSplit, ScoresWithFloor } from './evaluation/measure';
export { figuresOf, type Figure } from './evaluation/figures';
export { figureTitle, formatNumber, isFloorFigure, isMainFigure, measureTitle, splitFigureName } from './evaluation/figure-names';
export { compareEvaluations, type ComparedFigure, type ComparisonRow, type EvaluatedMethod } from './evaluation/compare-evaluations';

export { readTopics, readTopicWords } from './topics/read-topics';
export type { TopicWords } from './topic-words';
export type { TopicScores } from './topic-scores';
export { scoreLanguages, wordsOfLanguage, type LanguageScores } from './language-scores';

export { topicUniqueness } from './diversity/topic-uniqueness';
export { topicDiversity } from './diversity/topic-diversity';
export { inverseRankBiasedOverlap, rankBiasedOverlap } from './diversity/rank-biased-overlap';
export { topicQuality } from './topic-quality';

export { npmi, type ReferenceDocuments } from './coherence/npmi';
export { cnpmi } from './coherence/cnpmi';
export { countReference, type TopicPair } from './coherence/reference/count-reference';
export type { Counting, ReferenceCounts, Side } from './coherence/reference/reference-counts';
export type { ReferenceFilePair } from './coherence/reference/reference-files';
export { readReferenceConfig } from './coherence/reference/reference-config';
export { indexReference, ReferenceIndex, type Postings, type WordPostings } from './coherence/reference/reference-index';
export { loadReferenceIndex, saveReferenceIndex } from './coherence/reference/reference-index-file';

export { dictionaryAgreement, translationsOf, type DictionaryAgreement, type Translation } from './alignment/dictionary-agreement';
export { embeddingAlignment, embedTopics, type EmbeddingAlignment } from './alignment/embedding-alignment';
export { halveDocuments, perplexity, type MixtureOfTopics } from './perplexity';

export { topicShares, type TopicShares } from './proportions/topic-shares';
export { topicCoverage } from './proportions/topic-coverage';
export { completionGain, unigramModel, wordsOfDocuments } from './proportions/completion-gain';
export { chanceOfMates, mateRetrieval, type MateRetrieval } from './proportions/mate-retrieval';
export { prevalenceResponse, type LabelledProportions, type PrevalenceResponse } from './proportions/prevalence-response';
export { scoreWithFloor, type ScoreWithFloor } from './proportions/score-with-floor';

export type { Classifier, TrainClassifier } from './classification/classifier';
export type { LabelledFeatures } from './classification/labelled-features';
export { trainLinearSvm, type LinearSvm, type LinearSvmOptions } from './classification/linear-svm';
export { trainRbfSvm, type RbfSvm, type RbfSvmOptions } from './classification/rbf-svm';
export { trainNearestNeighbours, type NearestNeighboursOptions } from './classification/k-nearest-neighbours';
export { accuracy, classificationScores, macroF1, type ClassificationScores } from './classification/classification-scores';
export { classifyTopics, type ClassificationData, type ClassificationResult } from './classification/classify-topics';

export { dominantTopics } from './clusters/dominant-topics';
export { purity } from './clusters/purity';
export { normalisedMutualInformation } from './clusters/normalised-mutual-information';
export { languageBalance } from './clusters/language-balance';

export { llmRatings, type LlmRatingOptions, type LlmRatings, type RatingScores } from './ratings/llm-ratings';
export { parseRating } from './ratings/parse-rating';

export { topicStability, type TopicStability } from './comparison/topic-stability';
export { optimalAssignment } from './comparison/optimal-assignment';
export { pairedTest, type PairedTest } from './comparison/paired-test';
export { mean, sampleDeviation } from './statistics';
