import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { SparseRows } from '@xtm/contracts';
import { temporaryFolder } from '../testing/temporary-folder';
import { countReference, type TopicPair } from './count-reference';
import { cnpmi, npmi } from './npmi';
import type { ReferenceFilePair } from './reference-files';
import { indexReference } from './reference-index';

const WORDS = [...'abcdefgh'];
const document = fc.array(fc.constantFrom(...WORDS), { maxLength: 6 });
const documents = fc.array(document, { minLength: 1, maxLength: 40 });

function bagsOfWords(texts: readonly string[][], vocabulary: readonly string[]): SparseRows {
  const rows = texts.map((words) => [...new Set(words)].map((word) => vocabulary.indexOf(word)).sort((a, b) => a - b));
  const indptr = Int32Array.from([0, ...rows]);
  rows.reduce((total, row, i) => (indptr[i + 1] = total + row.length), 0);
  const indices = Int32Array.from(rows.flat());
  return {
    rows: rows.length,
    columns: vocabulary.length,
    indptr,
    indices,
    values: new Float32Array(indices.length).fill(1),
  };
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
    expect(npmi([['a', 'b']], texts).mean).toBeCloseTo(
      Math.log((0.2 * 5000 * 5000) / (2000 * 1000)) / Math.log(5),
      12,
    );
  });
});

type DocumentPair = readonly [string, string];

const topics: TopicPair = { first: [['a', 'b'], ['c', 'd']], second: [['x', 'y'], ['z', 'w']] };
const line = (words: string) => fc.array(fc.constantFrom(...words), { maxLength: 5 }).map((list) => list.join(' '));
const corpus = fc.array(fc.tuple(line('abcd'), line('xyzw')), { minLength: 2, maxLength: 30 });

async function writePair(
  folder: string,
  name: string,
  pairs: readonly DocumentPair[],
  compress = false,
): Promise<ReferenceFilePair> {
  const files = [join(folder, `${name}-1`), join(folder, `${name}-2`)] as const;
  for (const side of [0, 1] as const) {
    const text = pairs.map((pair) => `${pair[side]}\n`).join('');
    await writeFile(files[side], compress ? gzipSync(text) : text);
  }
  return files;
}

describe('cnpmi', () => {
  it('scores pairs by the documents that hold them', async () => {
    await using folder = await temporaryFolder();
    const files = await writePair(folder.path, 'all', [['a a b', 'x'], ['a', 'x y'], ['q', 'q'], ['b', 'q']]);
    const one: TopicPair = { first: [['a', 'b']], second: [['x', 'y']] };
    const scores = cnpmi(one, await countReference(one, [files]));
    // a-x: 2 of 2 and 2; a-y: 1 of 2 and 1; b-x: 1 of 2 and 2; b-y: never together.
    const expected = [1, Math.log(2) / Math.log(4), 0, 0];
    expect(scores.mean).toBeCloseTo(expected.reduce((sum, value) => sum + value, 0) / 4, 12);
  });

  it('counts tokens of the lower-cased corpus when asked for the released counting', async () => {
    await using folder = await temporaryFolder();
    const files = await writePair(folder.path, 'all', [['A a a', 'x'], ['q', 'q'], ['q', 'q'], ['q', 'q']]);
    const one: TopicPair = { first: [['a']], second: [['x']] };
    const counts = await countReference(one, [files], { counting: 'released' });
    expect(counts.wordCount(0, 'a')).toBe(3);
    expect(cnpmi(one, counts).mean).toBeCloseTo(Math.log((1 * 4) / (3 * 1)) / Math.log(4), 12);
  });

  it('lets the second language decide the released count of a word that both list', async () => {
    await using folder = await temporaryFolder();
    const files = await writePair(folder.path, 'all', [['wifi wifi', 'wifi'], ['q', 'q']]);
    const shared: TopicPair = { first: [['wifi']], second: [['wifi']] };
    const index = await indexReference([['wifi'], ['wifi']], [files], { counting: 'released' });
    const counts = await countReference(shared, [files], { counting: 'released' });
    for (const either of [counts, index])
      expect([either.wordCount(0, 'wifi'), either.wordCount(1, 'wifi')]).toEqual([1, 1]);
  });

  it('scores 1 for words of every document and 0 for words of none', async () => {
    await using folder = await temporaryFolder();
    const files = await writePair(folder.path, 'all', [['a', 'x'], ['a', 'x']]);
    const counted = async (one: TopicPair) => cnpmi(one, await countReference(one, [files])).mean;
    expect(await counted({ first: [['a']], second: [['x']] })).toBe(1);
    expect(await counted({ first: [['a', 'k']], second: [['l']] })).toBe(0);
  });

  it('lies in [−1, 1] and does not change with the order of documents, their split, compression or an index', async () => {
    await using folder = await temporaryFolder();
    await fc.assert(
      fc.asyncProperty(corpus, fc.nat(), async (pairs, cut) => {
        const middle = cut % pairs.length;
        const whole = await writePair(folder.path, 'whole', pairs);
        const shuffled = await writePair(folder.path, 'reversed', [...pairs].reverse(), true);
        const parts = [
          await writePair(folder.path, 'head', pairs.slice(0, middle)),
          await writePair(folder.path, 'tail', pairs.slice(middle)),
        ];
        const scores = cnpmi(topics, await countReference(topics, [whole]));
        expect(Math.abs(scores.mean)).toBeLessThanOrEqual(1 + 1e-12);
        expect(cnpmi(topics, await countReference(topics, [shuffled]))).toEqual(scores);
        expect(cnpmi(topics, await countReference(topics, parts))).toEqual(scores);
        expect(cnpmi(topics, await indexReference([[...'abcd'], [...'xyzw']], parts))).toEqual(scores);
      }),
      { numRuns: 25 },
    );
  });

  it('gives topics in another order their own values', async () => {
    await using folder = await temporaryFolder();
    const files = await writePair(folder.path, 'all', [['a c', 'x'], ['a', 'x y'], ['c', 'z'], ['b d', 'z w']]);
    const scores = cnpmi(topics, await countReference(topics, [files]));
    const permuted = { first: [...topics.first].reverse(), second: [...topics.second].reverse() };
    expect(cnpmi(permuted, await countReference(permuted, [files])).perTopic).toEqual([...scores.perTopic].reverse());
  });

  it('refuses models whose languages have different numbers of topics, and pairs that were not counted', async () => {
    await using folder = await temporaryFolder();
    const files = await writePair(folder.path, 'all', [['a', 'x']]);
    const counts = await countReference(topics, [files]);
    expect(() => cnpmi({ first: [['a']], second: [] }, counts)).toThrow('1 topics in one language, 0 in the other');
    expect(() => cnpmi({ first: [['a']], second: [['z']] }, counts)).toThrow('were not counted as a pair');
    expect(() => cnpmi({ first: [['k']], second: [['z']] }, counts)).toThrow('was not among the counted words');
  });
});
