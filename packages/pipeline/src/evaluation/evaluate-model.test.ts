import type { Corpus, DocumentSet, SparseRows, TopicModel } from '@xtm/contracts';
import { syntheticCorpus } from '@xtm/data/testing';
import { SeededGenerator } from '@xtm/numeric';
import { topicsOf } from '../model/word-ranking';
import { evaluateModel } from './evaluate-model';

const TOPICS = 4;
const WORDS_PER_TOPIC = 6;

/** Knows the planted words of every topic, and places documents by counting them. */
function plantedModel({ languages }: Corpus, transform: TopicModel['transform']): TopicModel {
  const columns = TOPICS * WORDS_PER_TOPIC;
  const data = Float32Array.from({ length: TOPICS * columns }, (_, i) =>
    Math.floor((i % columns) / WORDS_PER_TOPIC) === Math.floor(i / columns) ? 1 / WORDS_PER_TOPIC : 0,
  );
  const topicWord = languages.map(() => ({ rows: TOPICS, columns, data }));
  const vocabularies = languages.map(({ vocabulary }) => vocabulary);
  return {
    name: 'planted',
    languages: languages.map(({ language }) => language),
    vocabularies,
    numTopics: TOPICS,
    topicWord,
    topics: (topWords = 5) => topicsOf(topicWord, vocabularies, topWords),
    transform,
    save: () => Promise.reject(new Error('nothing is saved')),
    dispose: () => undefined,
  };
}

async function countedShares({ rows, indptr, indices, values }: SparseRows) {
  const data = new Float32Array(rows * TOPICS);
  for (let document = 0; document < rows; document++) {
    const end = indptr[document + 1]!;
    const total = values.subarray(indptr[document], end).reduce((sum, count) => sum + count, 0);
    for (let i = indptr[document]!; i < end; i++)
      data[document * TOPICS + Math.floor(indices[i]! / WORDS_PER_TOPIC)]! += values[i]! / total;
  }
  return { proportions: { rows, columns: TOPICS, data } };
}

/** The same ids in both languages: document d is about topic d mod 4 in each. */
function withIds(documents: DocumentSet): DocumentSet {
  return { ...documents, ids: Array.from({ length: documents.rows.rows }, (_, document) => `document ${document}`) };
}

describe('evaluateModel', () => {
  const plain = syntheticCorpus({
    generator: new SeededGenerator(5),
    numTopics: TOPICS,
    wordsPerTopic: WORDS_PER_TOPIC,
    testDocuments: 40,
  });
  const corpus: Corpus = {
    ...plain,
    languages: plain.languages.map((language) => ({
      ...language,
      train: withIds(language.train),
      test: withIds(language.test!),
    })),
  };

  it('tells proportions that know the documents from a collapsed model', async () => {
    const good = await evaluateModel(plantedModel(corpus, countedShares), corpus, { classifiers: [] });
    expect(good.warnings).toEqual([]);
    expect(good.measures.topicShares!.perLanguage[0]!.effective).toBeGreaterThan(3.9);
    expect(good.measures.documentCompletion!.mean).toBeGreaterThan(0.4);
    expect(good.measures.labelInformation!.mean).toBeGreaterThan(0.9);
    const collapsed = await evaluateModel(
      plantedModel(corpus, async ({ rows }) => ({
        proportions: {
          rows,
          columns: TOPICS,
          data: Float32Array.from({ length: rows * TOPICS }, (_, i) => (i % TOPICS === 0 ? 0.97 : 0.01)),
        },
      })),
      corpus,
      { classifiers: [] },
    );
    expect(collapsed.measures.topicUniqueness).toEqual(good.measures.topicUniqueness);
    expect(collapsed.measures.npmi).toEqual(good.measures.npmi);
    expect(new Set(collapsed.warnings.map(({ kind }) => kind))).toEqual(
      new Set(['fewEffectiveTopics', 'largeMainTopic', 'uninformativeProportions']),
    );
  });

  it('finds mates by the ids of the documents, where there are any', async () => {
    const { measures } = await evaluateModel(plantedModel(corpus, countedShares), corpus, { classifiers: [] });
    const [mates] = measures.mateRetrieval!;
    expect(mates).toMatchObject({ split: 'test', mates: 40 });
    // Ten documents are of the mate's topic.
    for (const { reciprocalRank } of mates!.directions)
      expect(reciprocalRank).toBeGreaterThan(2 * mates!.chance.reciprocalRank);
    const { omitted } = await evaluateModel(plantedModel(plain, countedShares), plain, { classifiers: [] });
    expect(omitted.map(({ measure }) => measure)).toContain('mateRetrieval');
  });
});
