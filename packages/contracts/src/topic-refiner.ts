import type { TokenUsage } from './chat-model';
import type { DenseMatrix, Language } from './corpus';
import type { XtmError } from './errors';
import type { RunOptions, Topic } from './topic-model';

/** What a refiner is told beside the topics. */
export interface RefinementContext {
  readonly languages: readonly Language[];
  /** One line on what the documents are. */
  readonly description?: string;
  /** Words that count [vocabulary], one list per language; they tell compound words from phrases in a reply. */
  readonly vocabularies?: readonly (readonly string[])[];
  /** Words per language that a refined topic should have. */
  readonly wordsPerTopic: number;
  /** Topic-word probabilities [topics, vocabulary], one per language, for refiners that look beyond the top words. */
  readonly topicWord?: readonly DenseMatrix[];
}

/** One topic as one round refined it. */
export interface RefinedTopic {
  readonly index: number;
  /** Words as proposed, before the vocabulary check, one list per language. */
  readonly words: readonly (readonly string[])[];
  /** Theme in a few words, where the refiner names one. */
  readonly theme?: string;
  /** Pieces of the reply that were no single words and were left out. Default 0. */
  readonly dropped?: number;
}

/** One reply of a language model as it came, for the record. */
export interface RefinementReply {
  /** Topics it was asked about. */
  readonly topics: readonly number[];
  readonly attempt: number;
  readonly text: string;
  readonly usage: TokenUsage;
  readonly cached: boolean;
}

/** What one round brought: topics that failed are missing. */
export interface RefinementRound {
  readonly topics: readonly RefinedTopic[];
  readonly usage: TokenUsage;
  /** Replies that the round consists of, where the refiner asks a language model. */
  readonly replies?: readonly RefinementReply[];
  /** What went wrong in the round, one line each. */
  readonly problems?: readonly string[];
  /** Why the round ended before its time; what it brought until then counts. */
  readonly stopped?: XtmError;
}

/** Improves topics' words; one call is one round of self-consistency. */
export interface TopicRefiner {
  readonly name: string;
  refine(
    topics: readonly Topic[],
    context: RefinementContext,
    round: number,
    options?: RunOptions,
  ): Promise<RefinementRound>;
}
