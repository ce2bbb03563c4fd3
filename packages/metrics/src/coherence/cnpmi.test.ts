import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { temporaryFolder } from '../testing/temporary-folder';
import { cnpmi } from './cnpmi';
import { countReference, type TopicPair } from './reference/count-reference';
import type { ReferenceFilePair } from './reference/reference-files';
import { indexReference } from './reference/reference-index';

type DocumentPair = readonly [string, string];

const topics: TopicPair = { first: [['a', 'b'], ['c', 'd']], second: [['x', 'y'], ['z', 'w']] };
const line = (words: string) => fc.array(fc.constantFrom(...words), { maxLength: 5 }).map((list) => list.join(' '));
const corpus = fc.array(fc.tuple(line('abcd'), line('xyzw')), { minLength: 2, maxLength: 30 });

async function writePair(folder: string, name: string, pairs: readonly DocumentPair[], compress = false): Promise<ReferenceFilePair> {
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
    for (const either of [counts, index]) expect([either.wordCount(0, 'wifi'), either.wordCount(1, 'wifi')]).toEqual([1, 1]);
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
        const parts = [await writePair(folder.path, 'head', pairs.slice(0, middle)), await writePair(folder.path, 'tail', pairs.slice(middle))];
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
