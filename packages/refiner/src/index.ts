export { createChatRefiner, promptStyleNames, type ChatRefinerOptions } from './chat-refiner';
export {
  refineConsistently,
  type ConsistencyOptions,
  type RefinementOutcome,
  type RoundReport,
} from './refine-consistently';
export {
  voteOnTopic,
  type Counting,
  type VoteOptions,
  type DiscardedWord,
  type VotedTopic,
  VocabularyMatcher,
  type Stem,
} from './vote';
export { estimateRefinement, type EstimateOptions, type RefinementEstimate } from './estimate-refinement';
export { createReplyParser, type ReplyParser } from './parsing/reply-parser';
export { createCorpusRefiner } from './corpus/corpus-refiner';
export type { CorpusRefinerOptions, CorpusRefinerResources } from './corpus/candidates';
export {
  chat,
  type ChatOptions,
  chooseRefiner,
  corpusRefiner,
  findRefiner,
  type OpenRefiner,
  type RefinerChoice,
  type RefinerDefinition,
  type RefinerResources,
  refiners,
} from './refiners';
