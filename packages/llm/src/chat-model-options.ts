import { z } from 'zod';
import { budgetSchema } from './budget';
import { endpointFields } from './endpoint-options';

export const chatModelSchema = z.strictObject({
  ...endpointFields,
  /** Name of the model at the endpoint. */
  model: z.string().min(1),
  /** Whether the endpoint can bind replies to a JSON schema. Default: what the preset says, else yes. */
  jsonSchema: z.boolean().optional(),
  /** Further fields of every request, for example `{ reasoning_effort: 'none' }`. Default none. */
  requestFields: z.record(z.string(), z.json()).default({}),
  /** Folder that keeps replies between runs; `false` keeps none. Default `replies` in the cache folder. */
  replyFolder: z.union([z.string().min(1), z.literal(false)]).optional(),
  /** Default: no limit. */
  budget: budgetSchema.default({}),
});

/** A chat model behind an OpenAI-compatible endpoint. */
export type ChatModelOptions = z.input<typeof chatModelSchema>;
export type ResolvedChatModelOptions = z.output<typeof chatModelSchema>;
