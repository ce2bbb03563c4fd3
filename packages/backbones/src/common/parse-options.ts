import { InvalidOptionError } from '@xtm/contracts';
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

/** Options with defaults filled in. Throws `InvalidOptionError`, also for an unknown key. */
export function parseOptions<T>(schema: z.ZodType<T>, options: Readonly<Record<string, unknown>>): T {
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    throw new InvalidOptionError(key, options[key], 'is not an option of this backbone');
  }
  const option = issue.path.join('.');
  throw new InvalidOptionError(option, options[String(issue.path[0])], issue.message);
}
