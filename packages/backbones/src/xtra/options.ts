import { parseOptions } from '@xtm/contracts';
import { z } from 'zod';
import { commonOptions, positiveInteger, weight } from '../common/option-fields';

/** The registry name. */
export const XTRA = 'xtra';

const schema = z.strictObject({
  hiddenUnits: positiveInteger.default(300),
  /** Width of the layer that brings both vocabularies to the shared encoder. */
  sharedUnits: positiveInteger.default(1000),
  /** Width of the space in which the languages' topic-word weights are compared. */
  topicWordUnits: positiveInteger.default(384),
  /** Factor of the contrast between documents' topics and their embeddings. */
  documentContrastWeight: weight.default(95),
  /** Factor of the contrast between the languages' topic-word weights. */
  topicContrastWeight: weight.default(15),
  /** Factor of the contrast between clusters of documents. */
  clusterContrastWeight: weight.default(10),
  /** Of the contrast between clusters only. */
  temperature: z.number().positive().default(0.2),
  dropout: commonOptions.dropout.default(0.2),
  batchNormEpsilon: commonOptions.batchNormEpsilon.default(1e-5),
  batchNormMomentum: commonOptions.batchNormMomentum.default(0.1),
  batchNormalisation: commonOptions.batchNormalisation.default('together'),
  normalisation: commonOptions.normalisation.default('joint'),
});

export type XtraOptions = z.infer<typeof schema>;

export function parseXtraOptions(options: Readonly<Record<string, unknown>>): XtraOptions {
  return parseOptions(schema, options);
}
