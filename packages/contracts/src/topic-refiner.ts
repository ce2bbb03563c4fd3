import type { Language } from './language';
import type { Topic, RunOptions } from './topic-model';
import type { TokenUsage } from './chat-model';

/** What a refiner is told beside the topics. */
export interface RefinementContext {
  readonly languages: readonly Language[];
  /** One line on what the documents are. */
  readonly description?: string;
  /** Words a language that a refined topic should have. */
  readonly wordsPerTopic: number;
}

/** One topic as one round refined it. */
export interface RefinedTopic {
  readonly index: number;
  /** Words as proposed, before the vocabulary check, one list a language. */
  readonly words: readonly (readonly string[])[];
  /** Theme in a few words, where the refiner names one. */
  readonly theme?: string;
}

/** What one round brought: topics that failed are missing. */
export interface RefinementRound {
  readonly topics: readonly RefinedTopic[];
  readonly usage: TokenUsage;
}

/** Improves topics' words; one call is one round of self-consistency. */
export interface TopicRefiner {
  readonly name: string;
  refine(topics: readonly Topic[], context: RefinementContext, round: number, options?: RunOptions): Promise<RefinementRound>;
}
