import type { BackboneDefinition } from '@xtm/contracts';
import { NO_DRAWS, topicEncoder } from '../common/language-encoder';
import { PUBLISHED_NORMALISATION } from '../common/option-fields';
import { SeparateEncoders } from '../common/separate-encoders';
import { InfoctmBackbone } from './infoctm-backbone';
import { INFOCTM, parseInfoctmOptions } from './options';

/** InfoCTM: Wu et al. 2023, "InfoCTM: A Mutual Information Maximization Perspective of Cross-Lingual Topic Modeling". */
export const infoctm: BackboneDefinition = {
  name: INFOCTM,
  needs: ['dictionary', 'wordVectors'],
  training: { epochs: 530, learningRate: 0.002, halveEvery: 125, clipNorm: 1 },
  published: PUBLISHED_NORMALISATION,
  resolveOptions: parseInfoctmOptions,
  create: (resources, numTopics, options, generator) => new InfoctmBackbone(resources, numTopics, parseInfoctmOptions(options), generator),
  createEncoder: (shape, options) => topicEncoder(new SeparateEncoders(shape, parseInfoctmOptions(options), NO_DRAWS)),
};
