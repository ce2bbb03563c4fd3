import { z } from 'zod';
import { defineEmbedder, parseOptions } from '@xtm/contracts';
import { AlignedEmbedder } from './aligned/aligned-embedder';
import { type AlignedOptions, alignedSchema } from './aligned/aligned-options';
import { PrecomputedEmbedder } from './precomputed-embedder';

/** Word vectors of the corpus itself, aligned by its dictionary; no model weights are needed. */
export const aligned = defineEmbedder<AlignedOptions>({
  name: 'aligned',
  reads: 'words',
  optionsSchema: alignedSchema,
  open: async (options) => new AlignedEmbedder(options),
});

const precomputedSchema = z.strictObject({
  folder: z
    .string({ error: 'is needed: the folder that holds the .npy files' })
    .min(1)
    .describe("where the .npy files are; the dataset's folder by default"),
});
const PRECOMPUTED_ADVICE = 'Name it with the option folder; "xtm embed" writes such files.';

/** Embeddings that came in `.npy` files. */
export const precomputed = defineEmbedder<Partial<z.input<typeof precomputedSchema>>>({
  name: 'precomputed',
  reads: 'words',
  optionsSchema: precomputedSchema.partial(),
  open: async (options, { datasetFolder } = {}) => {
    const placed = { ...(datasetFolder !== undefined && { folder: datasetFolder }), ...options };
    return new PrecomputedEmbedder(parseOptions(precomputedSchema, placed, PRECOMPUTED_ADVICE).folder);
  },
});
