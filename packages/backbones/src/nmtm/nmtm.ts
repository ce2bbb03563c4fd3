import type { BackboneDefinition } from '@xtm/contracts';
import { NO_DRAWS, topicEncoder } from '../common/language-encoder';
import { PUBLISHED_NORMALISATION } from '../common/option-fields';
import { NmtmBackbone } from './nmtm-backbone';
import { NmtmEncoder } from './nmtm-encoder';
import { NMTM, parseNmtmOptions } from './options';

/** NMTM: Wu et al. 2020, "Learning Multilingual Topics with Neural Variational Inference". */
export const nmtm: BackboneDefinition = {
  name: NMTM,
  needs: ['dictionary'],
  training: { epochs: 230, learningRate: 0.001, halveEvery: 125, clipNorm: 1 },
  published: { ...PUBLISHED_NORMALISATION, batchNormEpsilon: 1e-3, batchNormMomentum: 1e-3, dictionaryShare: 0.8, dictionarySmoothing: 1 },
  resolveOptions: parseNmtmOptions,
  create: (resources, numTopics, options, generator) => new NmtmBackbone(resources, numTopics, parseNmtmOptions(options), generator),
  createEncoder: (shape, options) => topicEncoder(new NmtmEncoder(shape, parseNmtmOptions(options), NO_DRAWS)),
};
