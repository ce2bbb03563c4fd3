import { z } from 'zod';

export const alignedSchema = z.strictObject({
  /** Length of the vectors; fewer if a vocabulary or a set of word vectors is smaller. */
  dimensions: z.number().int().positive().default(150),
  /** Where monolingual word vectors come from: the training documents, or the files that came with the dataset. */
  wordVectors: z.enum(['corpus', 'dataset']).default('corpus'),
  /** Power of context frequencies in PPMI. */
  contextSmoothing: z.number().positive().max(1).default(0.75),
  /**
   * Subtracted from every pointwise mutual information before negative ones are dropped, in nats; below 0 more of them
   * stay.
   */
  shift: z.number().default(0),
  /** Power of the singular values in word vectors learnt from the corpus. */
  singularValuePower: z.number().min(0).max(1).default(0.5),
  /** Rotations fitted; each after the first also learns from mutual nearest neighbours of the one before. */
  rounds: z.number().int().positive().default(2),
  /** What a pair of mutual neighbours weighs beside a translation of the dictionary. */
  neighbourWeight: z.number().positive().default(0.5),
  /** Neighbours that CSLS takes a word's density from. */
  neighbours: z.number().int().positive().default(10),
  /** Power of words' document frequencies in the weights of translation pairs. */
  frequencyPower: z.number().min(0).max(1).default(0.3),
  /** Power of the cross-lingual correlations by which the common space is scaled; 0 keeps the rotation orthogonal. */
  reweighting: z.number().min(0).max(2).default(0.5),
  /**
   * The same for the words of documents, in place of `reweighting`: 1 compares best between languages, 0 tells most
   * about a document.
   */
  documentReweighting: z.number().min(0).max(2).default(1),
  /** a in a word's weight a / (a + p), p its share of the language's words. */
  frequencySmoothing: z.number().positive().default(1e-2),
  seed: z.number().int().nonnegative().default(1),
});

export type AlignedOptions = z.input<typeof alignedSchema>;
export type ResolvedAlignedOptions = z.output<typeof alignedSchema>;
