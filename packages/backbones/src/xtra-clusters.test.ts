import { InvalidOptionError } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { syntheticCorpus } from './testing/synthetic-corpus';
import { clusterDocuments } from './xtra-clusters';

const NUM_TOPICS = 6;

describe('clusterDocuments', () => {
  const { resources } = syntheticCorpus({ generator: new SeededGenerator(3), numTopics: NUM_TOPICS });
  const { documentEmbeddings, clusters: topics } = resources;

  it('puts documents of one topic into one cluster, both languages alike', () => {
    const clusters = clusterDocuments(documentEmbeddings, NUM_TOPICS, new SeededGenerator(4));
    const together = (labels: readonly Int32Array[]): number[] => labels.flatMap((language) => [...language]);
    expect(clusters.map(({ length }) => length)).toEqual(topics.map(({ length }) => length));
    expect(purity(together(clusters), together(topics))).toBeGreaterThan(0.9);
  });

  it('repeats itself for a seed', () => {
    const [first, second] = [1, 2].map(() => clusterDocuments(documentEmbeddings, NUM_TOPICS, new SeededGenerator(4)));
    expect(first).toEqual(second);
  });

  it('refuses more clusters than the first language has documents', () => {
    expect(() => clusterDocuments(documentEmbeddings, 1000, new SeededGenerator(4))).toThrow(InvalidOptionError);
  });
});

/** Share of the documents whose topic is the most frequent one of their cluster. */
function purity(clusters: readonly number[], topics: readonly number[]): number {
  const counts = new Map<string, number>();
  clusters.forEach((cluster, i) =>
    counts.set(`${cluster} ${topics[i]}`, (counts.get(`${cluster} ${topics[i]}`) ?? 0) + 1),
  );
  const largest = new Map<string, number>();
  for (const [key, count] of counts) {
    const cluster = key.split(' ')[0]!;
    largest.set(cluster, Math.max(count, largest.get(cluster) ?? 0));
  }
  return [...largest.values()].reduce((sum, count) => sum + count, 0) / clusters.length;
}
