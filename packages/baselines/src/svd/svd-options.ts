import { z } from 'zod';

export const svdOptionsSchema = z.strictObject({
  /** Singular vectors that documents are clustered by. */
  dimensions: z.int().min(2).default(100),
  /** Runs of k-means, of which the best is kept. */
  starts: z.int().positive().default(4),
  /** Pseudo-count of each topic in a document, for folding in documents without embeddings. */
  documentPrior: z.number().positive().default(0.1),
});

export type SvdOptions = z.infer<typeof svdOptionsSchema>;
