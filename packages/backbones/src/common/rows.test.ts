import { InvalidOptionError, type WordPairs } from '@xtm/contracts';
import { translationRows } from './rows';

const pairs: WordPairs = { languages: [0, 1], first: Int32Array.of(0, 2, 2, 2), second: Int32Array.of(3, 1, 0, 1) };

describe('translationRows', () => {
  it('lists the translations of each word, ascending and once each', () => {
    const rows = translationRows(pairs, 0, 1, [3, 4]);
    expect(rows).toMatchObject({ rows: 3, columns: 4 });
    expect([...rows.indptr]).toEqual([0, 1, 1, 3]);
    expect([...rows.indices]).toEqual([3, 0, 1]);
    expect([...rows.values]).toEqual([1, 1, 1]);
  });

  it('is the transpose the other way round, whichever language the pairs list first', () => {
    const swapped: WordPairs = { languages: [1, 0], first: pairs.second, second: pairs.first };
    const rows = translationRows(pairs, 1, 0, [3, 4]);
    expect([...rows.indptr]).toEqual([0, 1, 2, 2, 3]);
    expect([...rows.indices]).toEqual([2, 2, 0]);
    expect(translationRows(swapped, 1, 0, [3, 4])).toEqual(rows);
  });

  it('refuses a dictionary of other languages', () => {
    expect(() => translationRows({ ...pairs, languages: [0, 2] }, 0, 1, [3, 4])).toThrow(InvalidOptionError);
  });
});
