import { z } from 'zod';

/** A count of at least one. */
export const positiveInteger = z.int().positive();
/** A factor of a loss; zero switches it off. */
export const weight = z.number().nonnegative();
/** A share in [0, 1]. */
export const share = z.number().min(0).max(1);

/** What every backbone lets the user change in its encoder and decoder. */
export const commonOptions = {
  dropout: z.number().min(0).lt(1),
  batchNormEpsilon: z.number().positive(),
  /** In PyTorch's sense: new = (1 − momentum) · old + momentum · batch. */
  batchNormMomentum: z.number().gt(0).max(1),
};
