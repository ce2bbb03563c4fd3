import type { SparseRows } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { plantedDocuments } from '../testing/synthetic';
import { scoreWithFloor } from './score-with-floor';
import { topicCoverage } from './topic-coverage';

/** Four documents of words 0 and 3, 1, none, and 2 with a count of zero. */
const rows: SparseRows = { rows: 4, columns: 4, indptr: Int32Array.of(0, 2, 3, 3, 4), indices: Int32Array.of(0, 3, 1, 2), values: Float32Array.of(1, 2, 1, 0) };

describe('topicCoverage', () => {
  it('counts documents that hold a word of their main topic', () => {
    expect(topicCoverage(rows, [0, 0, 0, 0], [[3, 1], [0]])).toBe(2 / 4);
    expect(topicCoverage(rows, [1, 1, 1, 1], [[3, 1], [0]])).toBe(1 / 4);
    expect(topicCoverage(rows, [0, 1, 0, 1], [[0], [2]])).toBe(1 / 4);
    expect(topicCoverage(rows, [0, 0, 0, 0], [[]])).toBe(0);
  });

  it('gains on permuted main topics where lists fit the documents, and nothing where there is one list for all', () => {
    const generator = new SeededGenerator(4);
    const { rows: planted, themes } = plantedDocuments(generator, Array.from({ length: 200 }, () => generator.integer(8)), 8, 20, 10);
    const lists = Array.from({ length: 8 }, (_, topic) => Array.from({ length: 5 }, (_, word) => topic * 20 + word));
    const gain = (mainTopics: readonly number[]) => scoreWithFloor(200, (order) => topicCoverage(planted, order.map((document) => mainTopics[document]!), lists), new SeededGenerator(5)).gain;
    expect(gain(themes)).toBeGreaterThan(0.4);
    expect(gain(new Array<number>(200).fill(3))).toBe(0);
    expect(Math.abs(gain(themes.map(() => generator.integer(8))))).toBeLessThan(0.12);
  });

  it('refuses what does not fit', () => {
    expect(() => topicCoverage(rows, [0], [[0]])).toThrow('1 main topics for 4 documents');
    expect(() => topicCoverage(rows, [0, 0, 2, 0], [[0], [1]])).toThrow('words of 2 topics only');
  });
});
