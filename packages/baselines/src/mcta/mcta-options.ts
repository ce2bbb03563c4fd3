import { z } from 'zod';

export const mctaOptionsSchema = z.strictObject({
  /** λ: share of a word's probability that comes by way of its translations. */
  dictionaryShare: z.number().min(0, 'must be at least 0').lt(1, 'must be below 1').default(0.5),
  /** α: pseudo-count of each topic in a document. */
  documentPrior: z.number().positive('must be positive').default(0.5),
  /** β: added to every topic-word weight at each update. */
  wordPrior: z.number().positive('must be positive').default(0.01),
  /** Passes of Gibbs sampling over all tokens. */
  sweeps: z.int('must be an integer').min(1, 'must be at least 1').default(100),
});

export type MctaOptions = z.infer<typeof mctaOptionsSchema>;
