export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** Sampling settings of one completion. */
export interface ChatSettings {
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  /** JSON schema of the reply, for endpoints that support structured output. */
  readonly jsonSchema?: Readonly<Record<string, unknown>>;
  /** Tells repeated calls of the same prompt apart, so that each is asked and kept once. */
  readonly round?: number;
  /** Like `round`, for asking again after a reply that was of no use. */
  readonly attempt?: number;
  readonly signal?: AbortSignal;
}

export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface ChatReply {
  readonly text: string;
  readonly usage: TokenUsage;
  /** Whether the reply came from the cache, in which case nothing was spent. */
  readonly cached: boolean;
  /** Whether the reply was cut at the limit of tokens. */
  readonly truncated?: boolean;
}

/** A chat model, local or remote. */
export interface ChatModel {
  readonly name: string;
  complete(messages: readonly ChatMessage[], settings?: ChatSettings): Promise<ChatReply>;
}
