import { parseOptions } from '@xtm/contracts';
import { z } from 'zod';

const schema = z.strictObject({
  /** Classifiers of the inferred documents. */
  classifiers: z.array(z.enum(['linear', 'rbf', 'nearestNeighbours'])).default(['linear', 'rbf']),
  /** How CNPMI counts words of reference files. */
  counting: z.enum(['documents', 'released']).default('documents'),
  /** How often a rating model is asked each question. */
  ratingRuns: z.int().positive().default(4),
  /** Sampling temperature of a rating model; the endpoint's own by default. */
  ratingTemperature: z.number().nonnegative().optional(),
});

/** Choices of an evaluation, all optional. */
export type EvaluateTopicsOptions = z.input<typeof schema>;

/** Choices of an evaluation with defaults filled in. */
export type EvaluationOptions = z.output<typeof schema>;

/** @throws InvalidOptionError naming the first option that is wrong or unknown. */
export function parseEvaluationOptions(options: EvaluateTopicsOptions): EvaluationOptions {
  return parseOptions(schema, options);
}
