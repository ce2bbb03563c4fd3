export { readReplyCases, type ExpectedTopic, type ReplyCase } from './read-reply-cases';
export { measureSelfConsistency, type SelfConsistencyFigure, type SelfConsistencyOptions } from './self-consistency';
export { themedCorpus, type ThemedCorpus, type ThemedCorpusOptions } from './themed-corpus';
export { exampleContext, exampleTopics, exampleVocabularies, faithfulAnswers } from './example-topics';
