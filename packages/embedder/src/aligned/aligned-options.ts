import { z } from 'zod';

export const alignedSchema = z.strictObject({
  dimensions: z
    .number()
    .int()
    .positive()
    .default(150)
    .describe('length of the vectors; fewer if a vocabulary or a set of word vectors is smaller'),
  wordVectors: z
    .enum(['corpus', 'dataset'])
    .default('corpus')
    .describe(
      'where monolingual word vectors come from: the training documents, or the files that came with the dataset',
    ),
  contextSmoothing: z.number().positive().max(1).default(0.75).describe('power of context frequencies in PPMI'),
  shift: z
    .number()
    .default(0)
    .describe(
      'subtracted from every pointwise mutual information before negative ones are dropped, in nats; below 0 more of them stay',
    ),
  singularValuePower: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('power of the singular values in word vectors learnt from the corpus'),
  rounds: z
    .number()
    .int()
    .positive()
    .default(2)
    .describe('rotations fitted; each after the first also learns from mutual nearest neighbours of the one before'),
  neighbourWeight: z
    .number()
    .positive()
    .default(0.5)
    .describe('what a pair of mutual neighbours weighs beside a translation of the dictionary'),
  neighbours: z.number().int().positive().default(10).describe("neighbours that CSLS takes a word's density from"),
  frequencyPower: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .describe("power of words' document frequencies in the weights of translation pairs"),
  reweighting: z
    .number()
    .min(0)
    .max(2)
    .default(0.5)
    .describe(
      'power of the cross-lingual correlations by which the common space is scaled; 0 keeps the rotation orthogonal',
    ),
  documentReweighting: z
    .number()
    .min(0)
    .max(2)
    .default(1)
    .describe(
      'the same for the words of documents, in place of reweighting: 1 compares best between languages, 0 tells most about a document',
    ),
  frequencySmoothing: z
    .number()
    .positive()
    .default(1e-2)
    .describe("a in a word's weight a / (a + p), p its share of the language's words"),
  seed: z.number().int().nonnegative().default(1).describe('seed of the random draws'),
});

export type AlignedOptions = z.input<typeof alignedSchema>;
export type ResolvedAlignedOptions = z.output<typeof alignedSchema>;
