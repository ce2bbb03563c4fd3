import { z } from 'zod';
import { budgetSchema } from './budget';
import { endpointFields } from './endpoint-options';

export const embeddingModelSchema = z.strictObject({
  ...endpointFields,
  /** Name of the model at the endpoint. */
  model: z.string({ error: 'is needed: the name of the embedding model at the endpoint' }).min(1),
  /** Length of the vectors; checked on every reply, never sent. Default: learnt by embedding one word. */
  dimensions: z.number().int().positive().optional(),
  /** Put before every text, as some models were trained to expect, for example `query: `. Default none. */
  prefix: z.string().default(''),
  /** Longest text in tokens, the prefix included, as far as that can be estimated; longer texts are cut. Default: texts are sent whole. */
  maxTokens: z.number().int().positive().optional(),
  /** Further fields of every request, for example `{ dimensions: 256 }` for shortened vectors. Default none. */
  requestFields: z.record(z.string(), z.json()).default({}),
  /** Default: no limit. */
  budget: budgetSchema.default({}),
});

/** An embedding model behind an OpenAI-compatible endpoint. */
export type EmbeddingModelOptions = z.input<typeof embeddingModelSchema>;
export type ResolvedEmbeddingModelOptions = z.output<typeof embeddingModelSchema>;
