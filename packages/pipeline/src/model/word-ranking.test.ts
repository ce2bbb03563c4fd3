import { characteristicScores, rankingScores } from './word-ranking';

const matrix = (...rows: number[][]) => ({
  rows: rows.length,
  columns: rows[0]!.length,
  data: Float32Array.from(rows.flat()),
});

describe('word ranking', () => {
  // The first word is everywhere, the second a topic's own, the third a topic's own and rare.
  const topicWord = matrix([0.6, 0.3, 0.01, 0.09], [0.6, 0.01, 0, 0.39]);

  it('scores a word by its contribution to the divergence of its topic from all topics', () => {
    const { data } = characteristicScores(topicWord);
    const expected = [
      0,
      0.3 * Math.log(0.3 / 0.155),
      0.01 * Math.log(2),
      0.09 * Math.log(0.09 / 0.24),
      0,
      0.01 * Math.log(0.01 / 0.155),
      0,
      0.39 * Math.log(0.39 / 0.24),
    ];
    expected.forEach((score, i) => expect(data[i]).toBeCloseTo(score, 6));
  });

  it('sums per topic to the divergence, which is never negative', () => {
    const { data, columns } = characteristicScores(topicWord);
    for (const topic of [0, 1])
      expect(data.subarray(topic * columns, (topic + 1) * columns).reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
  });

  it('takes the scores that the ranking names, and probabilities where there are no weights', () => {
    const topicWeights = [matrix([1, 2, 3, 4], [4, 3, 2, 1])];
    expect(rankingScores({ ranking: 'weights', topicWord: [topicWord], topicWeights })).toBe(topicWeights);
    expect(rankingScores({ ranking: 'weights', topicWord: [topicWord] })).toEqual([topicWord]);
    expect(rankingScores({ ranking: 'probability', topicWord: [topicWord], topicWeights })).toEqual([topicWord]);
    expect(rankingScores({ ranking: 'characteristic', topicWord: [topicWord], topicWeights })).toEqual([
      characteristicScores(topicWord),
    ]);
  });
});
