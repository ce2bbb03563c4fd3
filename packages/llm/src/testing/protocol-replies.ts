import { estimateTokens } from '../budget';

/** The fields of a chat request that the server reads. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: { readonly type: string };
  readonly [field: string]: unknown;
}

/** The fields of an embeddings request that the server reads. */
export interface EmbeddingsRequest {
  readonly model: string;
  readonly input: string | readonly string[];
  readonly encoding_format?: 'float' | 'base64';
}

/** A chat completion in the protocol's form. */
export function chatReply({ model, messages }: ChatRequest, text: string, truncated: boolean) {
  const promptTokens = estimateTokens(messages.map(({ content }) => content).join('\n'));
  const completionTokens = estimateTokens(text);
  return {
    id: 'chatcmpl-local',
    object: 'chat.completion',
    created: 0,
    model,
    choices: [
      { index: 0, message: { role: 'assistant', content: text }, finish_reason: truncated ? 'length' : 'stop' },
    ],
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
  };
}

/** Embeddings in the protocol's form, as numbers or as base64 of little-endian float32. */
export function embeddingsReply(
  { model, input, encoding_format: format }: EmbeddingsRequest,
  embed: (text: string) => readonly number[],
) {
  const texts = typeof input === 'string' ? [input] : input;
  const tokens = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
  return {
    object: 'list',
    model,
    data: texts.map((text, index) => ({
      object: 'embedding',
      index,
      embedding: format === 'base64' ? toBase64(embed(text)) : embed(text),
    })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

function toBase64(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
  return bytes.toString('base64');
}
