import { parseOptions } from '@xtm/contracts';
import { z } from 'zod';
import { commonOptions, positiveInteger, weight } from '../common/option-fields';

/** The registry name. */
export const INFOCTM = 'infoctm';

const schema = z.strictObject({
  hiddenUnits: positiveInteger.default(100),
  /** Factor of the mutual information between the languages' words. */
  mutualInformationWeight: weight.default(50),
  temperature: z.number().positive().default(0.2),
  /** Least cosine of two words' vectors at which one shares the other's translations. */
  similarityThreshold: z.number().min(-1).max(1).default(0.4),
  dropout: commonOptions.dropout.default(0),
  batchNormEpsilon: commonOptions.batchNormEpsilon.default(1e-5),
  batchNormMomentum: commonOptions.batchNormMomentum.default(0.1),
  batchNormalisation: commonOptions.batchNormalisation.default('by-language'),
  normalisation: commonOptions.normalisation.default('per-language'),
});

export type InfoctmOptions = z.infer<typeof schema>;

export function parseInfoctmOptions(options: Readonly<Record<string, unknown>>): InfoctmOptions {
  return parseOptions(schema, options);
}
