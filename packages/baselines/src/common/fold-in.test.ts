import { AbortedError } from '@xtm/contracts';
import { sparseRowsFromMaps } from '@xtm/data';
import { foldIn } from './fold-in';

const topicWord = { rows: 2, columns: 3, data: Float32Array.of(0.9, 0.1, 0, 0.1, 0.9, 0) };
const documents = sparseRowsFromMaps([new Map([[0, 4]]), new Map([[0, 1], [1, 1]]), new Map(), new Map([[2, 5]])], 3);

describe('foldIn', () => {
  it('gives a document the topics of its words, and equal shares to one without known words', async () => {
    const { data } = await foldIn(documents, topicWord, { documentPrior: 0.5 });
    expect(data[0]).toBeGreaterThan(0.85);
    expect(data[0]! + data[1]!).toBeCloseTo(1, 6);
    expect([...data.subarray(2)]).toEqual(new Array(6).fill(0.5));
  });

  it('stays where expectation maximisation has its fixed point', async () => {
    const documentPrior = 0.3;
    const { data } = await foldIn(documents, topicWord, { documentPrior, tolerance: 1e-9, maxIterations: 10_000 });
    const [theta0, theta1] = [data[0]!, data[1]!];
    const responsibility = (theta0 * 0.9) / (theta0 * 0.9 + theta1 * 0.1);
    expect((4 * responsibility + documentPrior) / (4 + 2 * documentPrior)).toBeCloseTo(theta0, 5);
  });

  it('gives equal shares without a prior where there is nothing to learn from', async () => {
    expect((await foldIn(documents, topicWord, { documentPrior: 0 })).data.subarray(4)).toEqual(new Float32Array(4).fill(0.5));
  });

  it('stops when asked to', async () => {
    await expect(foldIn(documents, topicWord, { documentPrior: 1 }, { signal: AbortSignal.abort() })).rejects.toThrow(AbortedError);
  });
});
