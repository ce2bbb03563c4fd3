import type { TokenUsage } from '@xtm/contracts';
import { costOf } from '@xtm/llm';
import type { Available } from '../contract/available';
import type { SpendingData, SpendingPurpose } from '../contract/overview-data';
import type { RunMaterial } from '../run/run-material';

/** What refinement and rating asked of language models, and what that cost where prices are known. */
export function describeSpending({ rounds, config, evaluation }: RunMaterial): Available<SpendingData> {
  const { model = 'a language model', budget } = config.settings.llm ?? {};
  const replies = rounds.flatMap((round) => round.replies ?? []);
  const ratings = evaluation.measures.llmRatings;
  const purposes: SpendingPurpose[] = [
    ...(replies.length === 0 ? [] : [{ purpose: 'refinement', model, replies: replies.length, fromCache: replies.filter(({ cached }) => cached).length, ...sumUsage(replies) }]),
    ...(ratings === undefined ? [] : [{ purpose: 'ratings', model: ratings.model, ...ratings.usage }]),
  ];
  if (purposes.length === 0) return { missing: 'This run asked no language model; it cost nothing but time.' };
  const cost = budget?.prices && costOf(sumUsage(replies.filter(({ cached }) => !cached)), budget.prices);
  return { data: { purposes, ...(cost !== undefined && { cost }) } };
}

function sumUsage(replies: readonly { readonly usage: TokenUsage }[]): TokenUsage {
  return {
    inputTokens: replies.reduce((sum, reply) => sum + reply.usage.inputTokens, 0),
    outputTokens: replies.reduce((sum, reply) => sum + reply.usage.outputTokens, 0),
  };
}
