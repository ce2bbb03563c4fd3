import type { TokenUsage } from '@xtm/contracts';

/** What was asked of a model so far, and what it took. */
export interface UsageSummary extends TokenUsage {
  /** Attempts sent, failed ones included. */
  readonly requests: number;
  /** Attempts that failed. */
  readonly failures: number;
  /** Replies received and paid for. */
  readonly replies: number;
  /** Replies that came from the cache at no cost. */
  readonly cachedReplies: number;
}

/** Counts requests, replies and tokens of one model. */
export class UsageMeter {
  private requests = 0;
  private failures = 0;
  private replies = 0;
  private cachedReplies = 0;
  private inputTokens = 0;
  private outputTokens = 0;

  countRequest(): void {
    this.requests += 1;
  }

  countFailure(): void {
    this.failures += 1;
  }

  countReply(usage: TokenUsage): void {
    this.replies += 1;
    this.inputTokens += usage.inputTokens;
    this.outputTokens += usage.outputTokens;
  }

  countCachedReply(): void {
    this.cachedReplies += 1;
  }

  summary(): UsageSummary {
    const { requests, failures, replies, cachedReplies, inputTokens, outputTokens } = this;
    return { requests, failures, replies, cachedReplies, inputTokens, outputTokens };
  }
}
