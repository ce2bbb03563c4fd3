import { z } from 'zod';

export const mtanchorOptionsSchema = z.strictObject({
  /** Words in a smaller share of their language's documents are no anchors. */
  anchorThreshold: z.number().min(0).max(1).default(0.008),
  /** Stops a word's recovery once its squared error is within this of the least possible. */
  tolerance: z.number().positive().default(2e-7),
  /** Pseudo-count of each topic in a document, for document-topic proportions. */
  documentPrior: z.number().positive().default(0.1),
});

export type MtanchorOptions = z.infer<typeof mtanchorOptionsSchema>;
