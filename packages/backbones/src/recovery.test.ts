import type { BackboneDefinition, ModelResources } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { useBackend } from '@xtm/tensor';
import { TEST_BACKEND } from '@xtm/tensor/testing';
import { gloctm } from './gloctm';
import { infoctm } from './infoctm';
import { nmtm } from './nmtm';
import { recoveredTopics } from './testing/recovered-topics';
import { syntheticCorpus } from './testing/synthetic-corpus';
import { trainBackbone } from './testing/train';
import { xtra } from './xtra';
import { clusterDocuments } from './xtra-clusters';

const NUM_TOPICS = 10;

interface Recovery {
  readonly definition: BackboneDefinition;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly epochs: number;
}

describe('topics of a corpus that has known ones', () => {
  const synthetic = syntheticCorpus({ generator: new SeededGenerator(11), numTopics: NUM_TOPICS, documents: [600, 400], noiseWords: [60, 45] });
  const resources: ModelResources = {
    ...synthetic.resources,
    clusters: clusterDocuments(synthetic.resources.documentEmbeddings, NUM_TOPICS, new SeededGenerator(12)),
  };

  beforeAll(() => useBackend(TEST_BACKEND));

  it.each<[string, Recovery]>([
    ['nmtm', { definition: nmtm.definition, epochs: 16 }],
    ['infoctm', { definition: infoctm.definition, epochs: 20 }],
    ['xtra', { definition: xtra.definition, options: { sharedUnits: 100, hiddenUnits: 50 }, epochs: 32 }],
    // The papers' weight goes with documents whose reconstruction loss is several times as large.
    ['gloctm', { definition: gloctm.definition, options: { ckaWeight: 100 }, epochs: 24 }],
  ])('are found by %s, at the same index in both languages', (_name, { definition, options = {}, epochs }) => {
    const { clipNorm } = definition.training;
    const backbone = definition.create(resources, NUM_TOPICS, options, new SeededGenerator(13));
    trainBackbone(backbone, resources.corpus, { epochs, learningRate: 0.01, clipNorm, batchSize: 64, generator: new SeededGenerator(14) });
    expect(recoveredTopics(backbone, synthetic)).toBeGreaterThanOrEqual(0.8);
    backbone.dispose();
  });
});
