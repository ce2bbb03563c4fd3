import fc from 'fast-check';
import type { SparseRows } from '@xtm/contracts';
import { npmi } from './npmi';

const WORDS = [...'abcdefgh'];
const document = fc.array(fc.constantFrom(...WORDS), { maxLength: 6 });
const documents = fc.array(document, { minLength: 1, maxLength: 40 });

function bagsOfWords(texts: readonly string[][], vocabulary: readonly string[]): SparseRows {
  const rows = texts.map((words) => [...new Set(words)].map((word) => vocabulary.indexOf(word)).sort((a, b) => a - b));
  const indptr = Int32Array.from([0, ...rows]);
  rows.reduce((total, row, i) => (indptr[i + 1] = total + row.length), 0);
  const indices = Int32Array.from(rows.flat());
  return { rows: rows.length, columns: vocabulary.length, indptr, indices, values: new Float32Array(indices.length).fill(1) };
}

describe('npmi', () => {
  it('follows the definition pair by pair', () => {
    const texts = [['a', 'b'], ['a', 'b', 'b'], ['a', 'c'], ['d']];
    // a in 3 of 4, b in 2, both in 2; a-c both in 1 of 3 and 1; b-c never together.
    const ab = Math.log((2 * 4) / (3 * 2)) / Math.log(2);
    const ac = Math.log((1 * 4) / (3 * 1)) / Math.log(4);
    expect(npmi([['a', 'b', 'c']], texts).perTopic[0]).toBeCloseTo((ab + ac - 1) / 3, 12);
  });

  it('scores 1 for words in every document, 0 for unknown words, NaN for a topic without pairs', () => {
    expect(npmi([['a', 'b']], [['a', 'b'], ['b', 'a']]).mean).toBe(1);
    expect(npmi([['a', 'z']], [['a'], ['b']]).mean).toBe(0);
    const scores = npmi([['a'], ['a', 'b']], [['a', 'b'], ['c']]);
    expect(scores.perTopic).toEqual([Number.NaN, 1]);
    expect(scores.mean).toBe(1);
  });

  it('reads bags of words and lists of words alike', () => {
    fc.assert(
      fc.property(documents, (texts) => {
        const topics = [['a', 'b', 'c'], ['h', 'd', 'b']];
        expect(npmi(topics, { rows: bagsOfWords(texts, WORDS), vocabulary: WORDS })).toEqual(npmi(topics, texts));
      }),
    );
  });

  it('lies in [−1, 1] and does not depend on the order of documents or words', () => {
    fc.assert(
      fc.property(documents, (texts) => {
        const value = npmi([['a', 'b', 'c', 'd']], texts).mean;
        expect(Math.abs(value)).toBeLessThanOrEqual(1 + 1e-12);
        expect(npmi([['d', 'b', 'a', 'c']], [...texts].reverse()).mean).toBeCloseTo(value, 12);
      }),
    );
  });

  it('counts across blocks of documents', () => {
    const texts = Array.from({ length: 5000 }, (_, i) => (i % 5 === 0 ? ['a', 'b'] : i % 5 === 1 ? ['a'] : ['c']));
    expect(npmi([['a', 'b']], texts).mean).toBeCloseTo(Math.log((0.2 * 5000 * 5000) / (2000 * 1000)) / Math.log(5), 12);
  });
});
