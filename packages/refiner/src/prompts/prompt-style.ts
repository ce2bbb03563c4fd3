import type { ChatMessage, RefinementContext, Topic } from '@xtm/contracts';

/** One call of a chat model. */
export interface Question {
  /** Indices of the topics it asks about. */
  readonly topics: readonly number[];
  readonly messages: readonly ChatMessage[];
  /** Schema of the reply, where it should be JSON. */
  readonly jsonSchema?: Readonly<Record<string, unknown>>;
}

/** A way of asking for better topics. */
export interface PromptStyle {
  readonly name: string;
  /** Words a language to ask for, given how many are wanted in the end. */
  readonly wordsAsked: (wordsPerTopic: number) => number;
  /** Longest reply in tokens; as long as the endpoint lets it be when absent. */
  readonly maxTokens?: number;
  /** What to ask to have the topics of `pending` refined; `topics` are all there are. */
  readonly questions: (topics: readonly Topic[], pending: readonly Topic[], context: RefinementContext) => Question[];
}
