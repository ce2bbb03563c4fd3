import type { SpendingSummary } from '@xtm/llm';

/** What a language model was asked and what that cost, in one line. */
export function formatSpending({ replies, cachedReplies, inputTokens, outputTokens, cost }: SpendingSummary): string {
  const price = cost === undefined ? '' : `, cost ${cost.toFixed(4)}`;
  return `Language model: ${replies} replies paid for, ${cachedReplies} from the cache, ${inputTokens + outputTokens} tokens${price}`;
}
