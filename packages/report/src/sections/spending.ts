import { z } from 'zod';
import { costOf } from '@xtm/llm';
import type { Available } from '../contract/available';
import type { SpendingData, SpendingPurpose } from '../contract/overview-data';
import type { RunMaterial } from '../run/run-material';

const usage = z.object({ inputTokens: z.number(), outputTokens: z.number() });

const roundSchema = z.object({ replies: z.array(z.object({ usage, cached: z.boolean() })) });

const llmSchema = z.object({
  model: z.string().optional(),
  budget: z.object({ prices: z.object({ input: z.number(), output: z.number() }).optional() }).optional(),
});

/** What refinement and rating asked of language models, and what that cost where prices are known. */
export function describeSpending({ rounds, config, evaluation }: RunMaterial): Available<SpendingData> {
  const { model = 'a language model', budget } = llmSchema.safeParse(config.settings['llm'] ?? {}).data ?? {};
  const replies = rounds.flatMap((round) => roundSchema.safeParse(round).data?.replies ?? []);
  const ratings = evaluation.measures.llmRatings;
  const purposes: SpendingPurpose[] = [
    ...(replies.length === 0 ? [] : [{ purpose: 'refinement', model, replies: replies.length, fromCache: replies.filter(({ cached }) => cached).length, ...sumUsage(replies) }]),
    ...(ratings === undefined ? [] : [{ purpose: 'ratings', model: ratings.model, ...ratings.usage }]),
  ];
  if (purposes.length === 0) return { missing: 'This run asked no language model; it cost nothing but time.' };
  const cost = budget?.prices && costOf(sumUsage(replies.filter(({ cached }) => !cached)), budget.prices);
  return { data: { purposes, ...(cost !== undefined && { cost }) } };
}

function sumUsage(replies: readonly { readonly usage: z.output<typeof usage> }[]): z.output<typeof usage> {
  return {
    inputTokens: replies.reduce((sum, reply) => sum + reply.usage.inputTokens, 0),
    outputTokens: replies.reduce((sum, reply) => sum + reply.usage.outputTokens, 0),
  };
}
