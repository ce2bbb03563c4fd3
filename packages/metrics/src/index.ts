export type { TopicWords } from './topic-words';
export type { TopicScores } from './topic-scores';
export { scoreLanguages, wordsOfLanguage, type LanguageScores } from './language-scores';

export { topicUniqueness } from './diversity/topic-uniqueness';

export { npmi, type ReferenceDocuments } from './coherence/npmi';
export { cnpmi } from './coherence/cnpmi';
export { countReference, type TopicPair } from './coherence/reference/count-reference';
export type { Counting, ReferenceCounts, Side } from './coherence/reference/reference-counts';
export type { ReferenceFilePair } from './coherence/reference/reference-files';

export type { Classifier, TrainClassifier } from './classification/classifier';
export type { LabelledFeatures } from './classification/labelled-features';
export { trainLinearSvm, type LinearSvm, type LinearSvmOptions } from './classification/linear-svm';
export { trainRbfSvm, type RbfSvm, type RbfSvmOptions } from './classification/rbf-svm';
export { accuracy, classificationScores, macroF1, type ClassificationScores } from './classification/classification-scores';
export { classifyTopics, type ClassificationData, type ClassificationResult } from './classification/classify-topics';
