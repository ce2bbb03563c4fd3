import { InvalidOptionError, type TrainingDefaults } from '@xtm/contracts';
import { gloctm } from './gloctm';
import { infoctm } from './infoctm';
import { nmtm } from './nmtm';
import { xtra } from './xtra';

/** A backbone's settings in a preset; what `options` leaves out keeps the backbone's default. */
export interface BackbonePreset {
  readonly training: TrainingDefaults;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The papers' settings for one benchmark, by backbone. */
export interface Preset {
  readonly name: string;
  readonly numTopics: number;
  /** Document pairs a training step. */
  readonly batchSize: number;
  readonly backbones: Readonly<Record<'nmtm' | 'infoctm' | 'xtra' | 'gloctm', BackbonePreset>>;
}

/** The loss weights in which the benchmarks differ. */
interface LossWeights {
  readonly mutualInformation: number;
  readonly documentContrast: number;
  readonly topicContrast: number;
  readonly kl: number;
  readonly cka: number;
  readonly neighbours: number;
}

function preset(name: string, weights: LossWeights): [string, Preset] {
  const backbones = {
    nmtm: { training: nmtm.definition.training, options: { ...nmtm.definition.published, dictionaryShare: 0.8 } },
    infoctm: {
      training: infoctm.definition.training,
      options: {
        ...infoctm.definition.published,
        mutualInformationWeight: weights.mutualInformation,
        temperature: 0.2,
        similarityThreshold: 0.4,
      },
    },
    xtra: {
      training: xtra.definition.training,
      options: {
        ...xtra.definition.published,
        documentContrastWeight: weights.documentContrast,
        topicContrastWeight: weights.topicContrast,
        clusterContrastWeight: 10,
        temperature: 0.2,
      },
    },
    gloctm: {
      training: gloctm.definition.training,
      options: { ...gloctm.definition.published, klWeight: weights.kl, ckaWeight: weights.cka, neighbours: weights.neighbours },
    },
  };
  return [name, { name, numTopics: 50, batchSize: 128, backbones }];
}

/** The settings of the LLM-XTM and GloCTM papers for the three public benchmarks. */
export const presets: ReadonlyMap<string, Preset> = new Map([
  preset('amazon-review', {
    mutualInformation: 50,
    documentContrast: 95,
    topicContrast: 15,
    kl: 3,
    cka: 300,
    neighbours: 3,
  }),
  preset('ec-news', { mutualInformation: 30, documentContrast: 80, topicContrast: 7, kl: 4, cka: 450, neighbours: 3 }),
  preset('rakuten-amazon', {
    mutualInformation: 50,
    documentContrast: 85,
    topicContrast: 5,
    kl: 2,
    cka: 450,
    neighbours: 12,
  }),
]);

/** The preset of that name. Throws `InvalidOptionError` with the known names. */
export function findPreset(name: string): Preset {
  const found = presets.get(name);
  if (found === undefined)
    throw new InvalidOptionError('preset', name, `must be one of ${[...presets.keys()].join(', ')}`);
  return found;
}
