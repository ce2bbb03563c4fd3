import type { TokenUsage } from '@xtm/contracts';

/** Prices of a model in any currency, for a million tokens each. */
export interface TokenPrices {
  readonly input: number;
  readonly output: number;
}

/** What tokens cost, in the currency of the prices. */
export function costOf({ inputTokens, outputTokens }: TokenUsage, prices: TokenPrices): number {
  return (inputTokens * prices.input + outputTokens * prices.output) / 1_000_000;
}
