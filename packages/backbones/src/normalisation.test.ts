import type { Backbone, BackboneDefinition } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { useBackend } from '@xtm/tensor';
import { TEST_BACKEND } from '@xtm/tensor/testing';
import { nmtm } from './nmtm';
import { settleExactly } from './testing/settle-exactly';
import { syntheticCorpus, type SyntheticCorpus } from './testing/synthetic-corpus';
import { trainBackbone } from './testing/train';
import { inferAll } from './testing/variables';
import { xtra } from './xtra';

const NUM_TOPICS = 6;

function trained(definition: BackboneDefinition, { resources }: SyntheticCorpus, options: Readonly<Record<string, unknown>>, epochs: number, learningRate: number): Backbone {
  const backbone = definition.create(resources, NUM_TOPICS, options, new SeededGenerator(3));
  trainBackbone(backbone, resources.corpus, { epochs, learningRate, clipNorm: 1, generator: new SeededGenerator(4) });
  settleExactly(backbone, resources.corpus);
  return backbone;
}

/** Proportions of the training documents of each language [documents][topics]. */
function proportionsOf(backbone: Backbone, { resources: { corpus } }: SyntheticCorpus): number[][][] {
  return corpus.languages.map(({ train }, language) => {
    const { theta } = inferAll(backbone, train.rows, language);
    return Array.from({ length: train.rows.rows }, (_, d) => [...theta.subarray(d * NUM_TOPICS, (d + 1) * NUM_TOPICS)]);
  });
}

/** Share of the documents that have the same main topic. */
function largestMainTopic(proportions: readonly (readonly number[])[]): number {
  const counts = new Array<number>(NUM_TOPICS).fill(0);
  for (const shares of proportions) counts[shares.indexOf(Math.max(...shares))]! += 1;
  return Math.max(...counts) / proportions.length;
}

describe('documents\' shares', () => {
  beforeAll(() => useBackend(TEST_BACKEND));

  it('collapse on a small corpus by the running statistics that the papers infer by, and do not by default', () => {
    const corpus = syntheticCorpus({ generator: new SeededGenerator(1), numTopics: NUM_TOPICS });
    const [published, byDefault] = [nmtm.definition.published, {}].map((options) => trained(nmtm.definition, corpus, { hiddenUnits: 32, ...options }, 10, 0.01));
    expect(Math.max(...proportionsOf(published!, corpus).map(largestMainTopic))).toBeGreaterThan(0.5);
    for (const proportions of proportionsOf(byDefault!, corpus)) expect(largestMainTopic(proportions)).toBeLessThan(0.35);
    published!.dispose();
    byDefault!.dispose();
  });

  describe('of languages that write about topics unequally', () => {
    const shares = [[0.4, 0.2, 0.1, 0.1, 0.1, 0.1], [0.1, 0.1, 0.1, 0.1, 0.2, 0.4]] as const;
    const corpus = syntheticCorpus({ generator: new SeededGenerator(2), numTopics: NUM_TOPICS, documents: [300, 300], topicShares: shares });

    /** Correlation over topics of the languages' difference in mean proportions with the difference that the documents' own topics make. */
    function followed(backbone: Backbone): number {
      const proportions = proportionsOf(backbone, corpus);
      const mean = (documents: readonly (readonly number[])[], k: number) => documents.reduce((sum, document) => sum + document[k]! / documents.length, 0);
      const byTrueTopic = Array.from({ length: NUM_TOPICS }, (_, topic) =>
        proportions.flatMap((documents, l) => documents.filter((_document, d) => corpus.resources.clusters[l]![d] === topic)));
      const expected = Array.from({ length: NUM_TOPICS }, (_, k) =>
        byTrueTopic.reduce((sum, documents, topic) => sum + (shares[0][topic]! - shares[1][topic]!) * mean(documents, k), 0));
      const actual = Array.from({ length: NUM_TOPICS }, (_, k) => mean(proportions[0]!, k) - mean(proportions[1]!, k));
      return actual.reduce((sum, value, k) => sum + value * expected[k]!, 0) / expected.reduce((sum, value) => sum + value * value, 0);
    }

    it.each<[string, BackboneDefinition, Record<string, unknown>]>([
      ['nmtm', nmtm.definition, { hiddenUnits: 32 }],
      ['xtra', xtra.definition, { sharedUnits: 60, hiddenUnits: 32 }],
    ])('follow by default with %s, and hardly by statistics per language', (_name, definition, options) => {
      const backbone = trained(definition, corpus, options, 20, 0.005);
      const byDefault = followed(backbone);
      expect(byDefault).toBeGreaterThan(0.5);
      settleExactly(backbone, corpus.resources.corpus, 'per-language');
      expect(followed(backbone)).toBeLessThan(0.6 * byDefault);
      backbone.dispose();
    });
  });
});
