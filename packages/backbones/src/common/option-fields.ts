import { z } from 'zod';

/** A count of at least one. */
export const positiveInteger = z.int().positive();
/** A factor of a loss; zero switches it off. */
export const weight = z.number().nonnegative();
/** A share in [0, 1]. */
export const share = z.number().min(0).max(1);

/** What every backbone lets the user change in its encoder and decoder. */
export const commonOptions = {
  dropout: z.number().min(0).lt(1).describe('share of hidden units that a training step leaves out'),
  batchNormEpsilon: z.number().positive().describe('added to every variance before it is divided by'),
  batchNormMomentum: z.number().gt(0).max(1).describe(
    "in PyTorch's sense: new = (1 − momentum) · old + momentum · batch",
  ),
  batchNormalisation: z.enum(['together', 'by-language']).describe(
    "whether a training step normalises the encoded documents of both languages as one batch, so that " +
      "the languages may differ in how much of each topic they hold, or each language's by itself, as the " +
      "papers' code does",
  ),
  normalisation: z.enum(['joint', 'per-language', 'running']).describe(
    "by what inference normalises encoded documents: the exact statistics of all training documents, " +
      "every language weighing the same (joint), those of the document's own language (per-language), or " +
      "the running ones of training, as the papers' code does",
  ),
};

/** Normalisation as the papers' code has it, and as models had it that were saved before there was a choice. */
export const PUBLISHED_NORMALISATION = { batchNormalisation: 'by-language', normalisation: 'running' } as const;
