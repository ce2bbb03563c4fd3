import { dictionaryAgreement, embeddingAlignment, translationsOf } from './alignment';

const matrix = (rows: number[][]) => ({
  rows: rows.length,
  columns: rows[0]!.length,
  data: Float32Array.from(rows.flat()),
});

describe('dictionaryAgreement', () => {
  const vocabularies = [['film', 'actor', 'phone'], ['电影', '演员', '手机']] as const;
  const dictionary = { languages: [0, 1] as const, first: Int32Array.of(0, 1, 2), second: Int32Array.of(0, 1, 2) };
  const translations = translationsOf(dictionary, vocabularies);

  it('counts words of both languages that have a partner in the paired topic', () => {
    const result = dictionaryAgreement(
      {
        first: [
          ['film', 'actor'],
          ['phone', 'the'],
        ],
        second: [
          ['电影', '的'],
          ['演员', '手机'],
        ],
      },
      translations,
    );
    expect(result.perTopic).toEqual([(1 + 1) / 4, (1 + 1) / 4]);
    expect(result.mean).toBe(0.5);
    expect(result.coverage).toBe(6 / 8);
  });

  it('is 1 for full translations and 0 for topics paired wrongly', () => {
    const first = [['film'], ['phone']];
    expect(dictionaryAgreement({ first, second: [['电影'], ['手机']] }, translations).mean).toBe(1);
    expect(dictionaryAgreement({ first, second: [['手机'], ['电影']] }, translations).mean).toBe(0);
  });
});

describe('embeddingAlignment', () => {
  it('gives cosines and the rate of nearest topics that are paired, whatever the lengths', () => {
    const first = matrix([[2, 0], [0, 3], [1, 1]]);
    const second = matrix([[5, 0], [1, 1], [0, 1]]);
    const { perTopic, mean, nearestRate } = embeddingAlignment(first, second);
    const half = Math.SQRT1_2;
    [1, half, half].forEach((value, topic) => expect(perTopic[topic]).toBeCloseTo(value, 6));
    expect(mean).toBeCloseTo((1 + 2 * half) / 3, 6);
    expect(nearestRate).toBeCloseTo(2 / 6, 12);
  });

  it('is perfect for equal vectors and 0 for a zero vector', () => {
    const vectors = matrix([[1, 2], [3, -1]]);
    expect(embeddingAlignment(vectors, vectors).nearestRate).toBe(1);
    expect(embeddingAlignment(matrix([[0, 0]]), matrix([[1, 0]])).perTopic).toEqual([0]);
  });

  it('refuses matrices of different shapes', () => {
    expect(() => embeddingAlignment(matrix([[1, 2]]), matrix([[1]]))).toThrow('does not fit');
  });
});
