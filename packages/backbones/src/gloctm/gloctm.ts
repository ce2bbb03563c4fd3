import type { BackboneDefinition } from '@xtm/contracts';
import { NO_DRAWS, topicEncoder } from '../common/language-encoder';
import { PUBLISHED_NORMALISATION } from '../common/option-fields';
import { SeparateEncoders } from '../common/separate-encoders';
import { GloctmBackbone } from './gloctm-backbone';
import { GLOCTM, parseGloctmOptions } from './options';

/** GloCTM: Phat et al. 2026, "GloCTM: Cross-Lingual Topic Modeling via a Global Context Space". */
export const gloctm: BackboneDefinition = {
  name: GLOCTM,
  needs: ['wordEmbeddings', 'documentEmbeddings'],
  training: { epochs: 150, learningRate: 0.002, halveEvery: 125 },
  published: PUBLISHED_NORMALISATION,
  resolveOptions: parseGloctmOptions,
  create: (resources, numTopics, options, generator) => new GloctmBackbone(resources, numTopics, parseGloctmOptions(options), generator),
  createEncoder: (shape, options) => topicEncoder(new SeparateEncoders(shape, parseGloctmOptions(options), NO_DRAWS)),
};
