import { SeededGenerator } from '@xtm/numeric';
import { syntheticCorpus } from '../testing';
import { validationCorpus } from './validation-corpus';

describe('validationCorpus', () => {
  const corpus = syntheticCorpus({ generator: new SeededGenerator(1), trainDocuments: [11, 20], testDocuments: 3 });
  const numbered = {
    ...corpus,
    languages: corpus.languages.map((language) => {
      const positions = Array.from({ length: language.train.rows.rows }, (_, index) => index);
      return {
        ...language,
        train: { ...language.train, ids: positions.map(String), texts: positions.map((index) => `text ${index}`), metadata: positions.map((index) => ({ index })) },
        clusters: Int32Array.from(positions),
      };
    }),
  };
  const [first, second] = validationCorpus(numbered).languages;

  it('holds out every fifth training document, with all that belongs to it', () => {
    expect(first!.test!.ids).toEqual(['0', '5', '10']);
    expect(first!.test!.texts).toEqual(['text 0', 'text 5', 'text 10']);
    expect(first!.test!.metadata).toEqual([{ index: 0 }, { index: 5 }, { index: 10 }]);
    expect(first!.train.ids).toEqual(['1', '2', '3', '4', '6', '7', '8', '9']);
    expect(first!.clusters).toEqual(Int32Array.of(1, 2, 3, 4, 6, 7, 8, 9));
    expect([second!.train.rows.rows, second!.test!.rows.rows]).toEqual([16, 4]);
    expect(first!.test!.labels).toEqual([0, 5, 10].map((index) => corpus.languages[0]!.train.labels![index]));
  });

  it('takes the bags of words of those documents and none of the test documents', () => {
    const { rows } = first!.test!;
    const source = corpus.languages[0]!.train.rows;
    expect(rows.indices.subarray(rows.indptr[1], rows.indptr[2])).toEqual(source.indices.subarray(source.indptr[5], source.indptr[6]));
    expect(first!.train.rows.indices.length + rows.indices.length).toBe(source.indices.length);
  });

  it('leaves out what the corpus does not have', () => {
    const plain = validationCorpus({ ...corpus, languages: corpus.languages.map(({ language, vocabulary, train }) => ({ language, vocabulary, train: { rows: train.rows } })) });
    expect(Object.keys(plain.languages[0]!.test!)).toEqual(['rows']);
    expect(Object.keys(plain.languages[0]!)).not.toContain('clusters');
  });
});
