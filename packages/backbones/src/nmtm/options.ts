import { parseOptions } from '@xtm/contracts';
import { z } from 'zod';
import { commonOptions, positiveInteger, share } from '../common/option-fields';

/** The registry name. */
export const NMTM = 'nmtm';

const schema = z.strictObject({
  hiddenUnits: positiveInteger.default(100),
  /**
   * λ: share of a language's topic-word weights that comes from the other language through the dictionary; 0.8 in the
   * paper. At ½ translations have the same weight; the further from it, the less they are tied.
   */
  dictionaryShare: share.default(0.6),
  /** Added to every entry of the dictionary matrix before its rows are normalised; 1 in the paper. By default relative to the counts. */
  dictionarySmoothing: z.number().positive().optional(),
  /**
   * What smoothing adds to a row altogether, in mean counts of a word, where `dictionarySmoothing` is not said: the
   * published 1 per entry drowns the dictionary of a small corpus, whose counts are far below the vocabulary's size.
   */
  relativeSmoothing: z.number().positive().default(1),
  dropout: commonOptions.dropout.default(0),
  batchNormEpsilon: commonOptions.batchNormEpsilon.default(1e-5),
  batchNormMomentum: commonOptions.batchNormMomentum.default(0.1),
  batchNormalisation: commonOptions.batchNormalisation.default('together'),
  normalisation: commonOptions.normalisation.default('joint'),
});

export type NmtmOptions = z.infer<typeof schema>;

export function parseNmtmOptions(options: Readonly<Record<string, unknown>>): NmtmOptions {
  return parseOptions(schema, options);
}
