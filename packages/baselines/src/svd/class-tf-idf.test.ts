import { sparseRowsFromMaps } from '@xtm/data';
import { classTfIdf } from './class-tf-idf';

const bags = (...documents: readonly (readonly number[])[]) =>
  sparseRowsFromMaps(documents.map((counts) => new Map([...counts.entries()].filter(([, count]) => count > 0))), 2);

describe('classTfIdf', () => {
  it('weighs a word by its share of its cluster, in all languages, and by its rarity over all clusters', () => {
    const first = bags([2, 1], [0, 3]);
    const second = bags([1, 0], [4, 1]);
    const [english, german] = classTfIdf([first, second], [Int32Array.of(0, 1), Int32Array.of(0, 1)], 2);
    // Clusters hold 4 and 8 words, so A = 6; the words occur 2, 4, 5 and 1 times.
    expect(english!.data[0]).toBeCloseTo((2 / 4) * Math.log(1 + 6 / 2), 6);
    expect(english!.data[1]).toBe(0);
    expect(english!.data[2]).toBeCloseTo((1 / 4) * Math.log(1 + 6 / 4), 6);
    expect(english!.data[3]).toBeCloseTo((3 / 8) * Math.log(1 + 6 / 4), 6);
    expect(german!.data[0]).toBeCloseTo((1 / 4) * Math.log(1 + 6 / 5), 6);
    expect(german!.data[3]).toBeCloseTo((1 / 8) * Math.log(1 + 6 / 1), 6);
  });

  it('gives no word a score in a cluster without words, nor a word that never occurs in any', () => {
    const [scores] = classTfIdf([bags([3, 0], [0, 0])], [Int32Array.of(0, 1)], 2);
    expect(scores!.data).toEqual(Float64Array.of(Math.log(1 + 1.5 / 3), 0, 0, 0));
  });
});
