export { createChatRefiner } from './chat-refiner';
export { promptStyleNames, type ChatRefinerOptions } from './chat-refiner-options';
export { refineConsistently, type ConsistencyOptions, type RefinementOutcome, type RoundReport } from './refine-consistently';
export { voteOnTopic, type Counting, type VoteOptions } from './vote/vote-on-topic';
export type { DiscardedWord, VotedTopic } from './vote/voted-topic';
export { VocabularyMatcher, type Stem } from './vote/vocabulary-matcher';
export { estimateRefinement, type EstimateOptions, type RefinementEstimate } from './estimate-refinement';
export { createReplyParser, type ReplyParser } from './parsing/reply-parser';
