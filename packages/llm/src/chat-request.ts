import type { ChatMessage, ChatReply, ChatSettings } from '@xtm/contracts';
import type { ChatCompletion, ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import { throwEmbeddedError } from './embedded-error';
import { estimateTokens } from './estimate-tokens';
import { UnusableReply } from './request-failure';

/** What of a chat request does not depend on the call. */
export interface ChatRequestFacts {
  readonly model: string;
  readonly tokenLimitField: 'max_tokens' | 'max_completion_tokens';
  readonly jsonSchema: boolean;
  readonly requestFields: Readonly<Record<string, unknown>>;
}

/** The body of a chat request in the protocol's words. */
export function chatRequest(facts: ChatRequestFacts, messages: readonly ChatMessage[], settings: ChatSettings): ChatCompletionCreateParamsNonStreaming {
  const { temperature, topP, maxTokens, jsonSchema } = settings;
  return {
    model: facts.model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxTokens === undefined ? {} : { [facts.tokenLimitField]: maxTokens }),
    ...(jsonSchema === undefined || !facts.jsonSchema ? {} : { response_format: { type: 'json_schema', json_schema: { name: 'reply', strict: true, schema: { ...jsonSchema } } } }),
    ...facts.requestFields,
  };
}

/**
 * The reply in a completion. Endpoints that count no tokens get an estimate. Throws `UnusableReply` when there is no
 * completion in it, and `APIError` when a success carries an error inside, as routers send it.
 */
export function readCompletion(completion: Partial<ChatCompletion>, messages: readonly ChatMessage[]): ChatReply {
  throwEmbeddedError(completion);
  const choice = completion.choices?.[0];
  if (choice?.message === undefined) throw new UnusableReply('the reply holds no completion');
  const text = choice.message.content ?? '';
  return {
    text,
    usage: {
      inputTokens: completion.usage?.prompt_tokens ?? estimateMessages(messages),
      outputTokens: completion.usage?.completion_tokens ?? estimateTokens(text),
    },
    cached: false,
    truncated: choice.finish_reason === 'length',
  };
}

/** About how many tokens the messages have. */
export function estimateMessages(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
}
