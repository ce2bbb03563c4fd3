import { z } from 'zod';
import {
  BudgetExceededError,
  type BudgetLimit,
  InvalidOptionError,
  parseOptions,
  type TokenUsage,
} from '@xtm/contracts';

export const budgetSchema = z.strictObject({
  maxCalls: z
    .number()
    .int()
    .nonnegative()
    .optional()
    .describe('most replies to ask for; attempts that had to be repeated count once'),
  maxTokens: z.number().nonnegative().optional().describe('most tokens, sent and received together'),
  maxCost: z.number().nonnegative().optional().describe('most money, in the currency of prices, which it needs'),
  prices: z
    .strictObject({ input: z.number().nonnegative(), output: z.number().nonnegative() })
    .optional()
    .describe('prices for a million tokens'),
});

/** What may be spent on a model; replies from the cache are free. */
export type BudgetOptions = z.input<typeof budgetSchema>;

/**
 * Refuses calls that could go beyond what is allowed. A call under way counts with the tokens expected of it until
 * its reply tells the true number, so calls at the same time cannot overrun the budget together.
 */
export class Budget {
  private readonly options: BudgetOptions;
  private calls = 0;
  private spent: TokenUsage = { inputTokens: 0, outputTokens: 0 };
  private reserved: TokenUsage = { inputTokens: 0, outputTokens: 0 };

  constructor(options: BudgetOptions) {
    this.options = parseOptions(budgetSchema, options);
    if (options.maxCost !== undefined && options.prices === undefined)
      throw new InvalidOptionError('prices', undefined, 'are needed for maxCost');
  }

  /**
   * Makes a call that is expected to use so many tokens. Throws `BudgetExceededError` instead when there is no room
   * for it.
   */
  async spend<Reply extends { readonly usage: TokenUsage }>(
    expected: TokenUsage,
    call: () => Promise<Reply>,
  ): Promise<Reply> {
    this.check(expected);
    this.calls += 1;
    this.reserved = add(this.reserved, expected);
    try {
      const reply = await call();
      this.spent = add(this.spent, reply.usage);
      return reply;
    } finally {
      this.reserved = add(this.reserved, expected, -1);
    }
  }

  /** Money spent so far; `undefined` without prices. */
  cost(): number | undefined {
    return this.options.prices === undefined ? undefined : costOf(this.spent, this.options.prices);
  }

  private check(expected: TokenUsage): void {
    const { prices } = this.options;
    const committed = add(add(this.spent, this.reserved), expected);
    this.checkLimit('maxCalls', this.calls + 1, this.calls);
    this.checkLimit('maxTokens', tokens(committed), tokens(this.spent));
    if (prices !== undefined) this.checkLimit('maxCost', costOf(committed, prices), costOf(this.spent, prices));
  }

  private checkLimit(limit: BudgetLimit, wouldBe: number, spent: number): void {
    const allowed = this.options[limit];
    if (allowed !== undefined && wouldBe > allowed) throw new BudgetExceededError(limit, allowed, spent);
  }
}

function add(one: TokenUsage, other: TokenUsage, factor: 1 | -1 = 1): TokenUsage {
  return {
    inputTokens: one.inputTokens + factor * other.inputTokens,
    outputTokens: one.outputTokens + factor * other.outputTokens,
  };
}

function tokens({ inputTokens, outputTokens }: TokenUsage): number {
  return inputTokens + outputTokens;
}

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

/** Prices of a model in any currency, for a million tokens each. */
export interface TokenPrices {
  readonly input: number;
  readonly output: number;
}

/** What tokens cost, in the currency of the prices. */
export function costOf({ inputTokens, outputTokens }: TokenUsage, prices: TokenPrices): number {
  return (inputTokens * prices.input + outputTokens * prices.output) / 1_000_000;
}

/** Scripts written without spaces, which tokenizers cut into about one token a character. */
const DENSE_SCRIPT =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/gu;

/** Characters per token in scripts with spaces, on the careful side: tokenizers come to 3.5 to 4.5 in English. */
const CHARACTERS_PER_TOKEN = 3.5;

/** About how many tokens per text has for a language model; no tokenizer is consulted. */
export function estimateTokens(text: string): number {
  const dense = text.match(DENSE_SCRIPT)?.length ?? 0;
  return dense + Math.ceil((text.length - dense) / CHARACTERS_PER_TOKEN);
}
