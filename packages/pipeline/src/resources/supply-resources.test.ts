import type { Corpus, ModelNeed } from '@xtm/contracts';
import { syntheticCorpus } from '@xtm/data/testing';
import { SeededGenerator } from '@xtm/numeric';
import { PlantedEmbedder } from '../testing/planted-components';
import { supplyResources, type ResourceSources } from './supply-resources';

const corpus = syntheticCorpus({ generator: new SeededGenerator(1) });
const embedder = new PlantedEmbedder(
  4,
  corpus.languages.map(({ vocabulary }) => vocabulary),
);
const clusterDocuments: ResourceSources['clusterDocuments'] = (embeddings, numClusters) =>
  embeddings.map(({ rows }) => new Int32Array(rows).fill(numClusters - 1));
const sources: ResourceSources = { embedder, numTopics: 4, generator: new SeededGenerator(2), clusterDocuments };

function withOwn(clusters: (documents: number) => Int32Array): Corpus {
  return {
    ...corpus,
    languages: corpus.languages.map((language) => ({
      ...language,
      clusters: clusters(language.train.rows.rows),
      wordVectors: { rows: language.vocabulary.length, columns: 1, data: new Float32Array(language.vocabulary.length) },
    })),
  };
}

const needs = (...names: ModelNeed[]): ReadonlySet<ModelNeed> => new Set(names);

describe('supplyResources', () => {
  it('embeds nothing that nobody needs', async () => {
    const resources = await supplyResources(corpus, needs('dictionary'), sources);
    expect(resources.dictionary).toBe(corpus.dictionary);
    expect(
      resources.wordEmbeddings ?? resources.documentEmbeddings ?? resources.clusters ?? resources.wordVectors,
    ).toBeUndefined();
  });

  it("takes word vectors and clusters that came with the data before any embedder's", async () => {
    const own = withOwn((documents) => Int32Array.from({ length: documents }, (_, i) => i % 4));
    const { wordVectors, clusters, documentEmbeddings } = await supplyResources(
      own,
      needs('wordVectors', 'clusters'),
      sources,
    );
    expect(wordVectors).toEqual(own.languages.map((language) => language.wordVectors));
    expect(clusters).toEqual(own.languages.map((language) => language.clusters));
    expect(documentEmbeddings).toBeUndefined();
  });

  it('has the embedder stand in for both, and computes clusters where those that came are more than the topics', async () => {
    const { wordVectors, clusters } = await supplyResources(
      withOwn((documents) => new Int32Array(documents).fill(9)),
      needs('clusters'),
      sources,
    );
    expect(wordVectors![0]!.columns).toBe(1);
    expect(clusters!.every((labels) => labels.every((label) => label === 3))).toBe(true);
    const standIn = await supplyResources(corpus, needs('wordVectors', 'documentEmbeddings'), sources);
    expect(standIn.wordVectors![1]).toMatchObject({ rows: 24, columns: 4 });
    expect(standIn.documentEmbeddings!.map(({ rows }) => rows)).toEqual([40, 40]);
  });

  it('names an embedder that gives no numbers, before anything is trained on them', async () => {
    const broken = Object.assign(Object.create(embedder) as PlantedEmbedder, {
      name: 'broken',
      embedWords: async () => ({ rows: 2, columns: 2, data: Float32Array.of(1, 2, 3, Number.NaN) }),
    });
    await expect(supplyResources(corpus, needs('wordEmbeddings'), { ...sources, embedder: broken })).rejects.toThrow(
      'embedder: gave numbers that are not finite for words, first for number 2',
    );
  });

  it('leaves open what nothing can meet', async () => {
    const { documentEmbeddings, clusters } = await supplyResources(corpus, needs('documentEmbeddings', 'clusters'), {
      ...sources,
      embedder: undefined,
    });
    expect(documentEmbeddings).toBeUndefined();
    expect(clusters).toBeUndefined();
  });
});
