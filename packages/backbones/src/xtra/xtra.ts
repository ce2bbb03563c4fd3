import type { BackboneDefinition } from '@xtm/contracts';
import { NO_DRAWS, topicEncoder } from '../common/language-encoder';
import { PUBLISHED_NORMALISATION } from '../common/option-fields';
import { parseXtraOptions, XTRA } from './options';
import { XtraBackbone } from './xtra-backbone';
import { XtraEncoder } from './xtra-encoder';
import { xtraIngredients } from './xtra-ingredients';

/** XTRA: Nguyen et al. 2025, as LLM-XTM uses it. */
export const xtra: BackboneDefinition = {
  name: XTRA,
  needs: ['documentEmbeddings', 'clusters'],
  training: { epochs: 800, learningRate: 0.002, halveEvery: 250, clipNorm: 1 },
  published: PUBLISHED_NORMALISATION,
  resolveOptions: parseXtraOptions,
  create: (resources, numTopics, options, generator) => new XtraBackbone(xtraIngredients(resources, numTopics), parseXtraOptions(options), generator),
  createEncoder: (shape, options) => topicEncoder(new XtraEncoder(shape, parseXtraOptions(options), NO_DRAWS)),
};
