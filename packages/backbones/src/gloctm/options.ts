import { parseOptions } from '@xtm/contracts';
import { z } from 'zod';
import { commonOptions, positiveInteger, weight } from '../common/option-fields';

/** The registry name. */
export const GLOCTM = 'gloctm';

const schema = z.strictObject({
  hiddenUnits: positiveInteger.default(100),
  globalHiddenUnits: positiveInteger.default(200),
  /** Nearest words of each language that a word of a document brings into the global input. */
  neighbours: z.int().nonnegative().default(3),
  /** Factor of the divergence of the local from the global posterior. */
  klWeight: weight.default(3),
  /** Factor of the alignment between topic proportions and document embeddings. */
  ckaWeight: weight.default(300),
  dropout: commonOptions.dropout.default(0),
  batchNormEpsilon: commonOptions.batchNormEpsilon.default(1e-5),
  batchNormMomentum: commonOptions.batchNormMomentum.default(0.1),
  batchNormalisation: commonOptions.batchNormalisation.default('by-language'),
  normalisation: commonOptions.normalisation.default('per-language'),
});

export type GloctmOptions = z.infer<typeof schema>;

export function parseGloctmOptions(options: Readonly<Record<string, unknown>>): GloctmOptions {
  return parseOptions(schema, options);
}
