import { InvalidOptionError } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { syntheticCorpus } from '../testing';
import { batchRows, countPairBatches, pairBatches } from './pair-batches';

describe('pairBatches', () => {
  const epoch = (sizes: number[], batchSize: number, seed = 1) => [
    ...pairBatches({ sizes, batchSize, generator: new SeededGenerator(seed) }),
  ];

  it('shuffles the larger language once and wraps the smaller one', () => {
    const batches = epoch([5, 3], 2);
    const first = batches.flatMap(([documents]) => [...documents!]);
    const second = batches.flatMap(([, documents]) => [...documents!]);
    expect([...first].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(second).toEqual(first.map((document) => document % 3));
  });

  it('keeps the last, smaller batch', () => {
    expect(epoch([5, 3], 2).map(([documents]) => documents!.length)).toEqual([2, 2, 1]);
    expect(countPairBatches([5, 3], 2)).toBe(3);
  });

  it('depends on the generator only', () => {
    expect(epoch([50, 40], 8, 3)).toEqual(epoch([50, 40], 8, 3));
    expect(epoch([50, 40], 8, 3)).not.toEqual(epoch([50, 40], 8, 4));
  });

  it.each([[{ sizes: [0, 3], batchSize: 2 }], [{ sizes: [3, 3], batchSize: -1 }], [{ sizes: [], batchSize: 2 }]])(
    'refuses %j',
    (options) => {
      expect(() => [...pairBatches({ ...options, generator: new SeededGenerator(1) })]).toThrow(InvalidOptionError);
    },
  );
});

describe('batchRows', () => {
  const corpus = syntheticCorpus({ generator: new SeededGenerator(2) });

  it('takes the rows of the documents in their order', () => {
    const batch = batchRows(corpus, [Int32Array.of(3, 1), Int32Array.of(0, 0)]);
    const { indices, indptr } = corpus.languages[0]!.train.rows;
    expect(batch.size).toBe(2);
    expect([...batch.languages[0]!.rows.indices].slice(0, indptr[4]! - indptr[3]!)).toEqual([
      ...indices.slice(indptr[3], indptr[4]),
    ]);
    expect(batch.languages[1]!.documents).toEqual(Int32Array.of(0, 0));
  });

  it('refuses arrays of different lengths', () => {
    expect(() => batchRows(corpus, [Int32Array.of(1), Int32Array.of(1, 2)])).toThrow(InvalidOptionError);
  });
});
