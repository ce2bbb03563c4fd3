import type { TopicEvaluation } from '@xtm/metrics';
import { mainFigures, sortSweep, summariseSweep } from './results';

/** A model whose documents use so many of 20 topics, one of them being the main topic of the rest. */
function evaluation(effective: number, warns: boolean): TopicEvaluation {
  return {
    languages: ['en'],
    numTopics: 20,
    topWords: 5,
    measures: {
      topicUniqueness: { perLanguage: [0.9], mean: 0.9 },
      topicShares: {
        split: 'train',
        perLanguage: [{ effective, largest: 1 / effective, largestMainTopic: 1 / effective }],
      },
    },
    omitted: [],
    warnings: warns
      ? [{ kind: 'fewEffectiveTopics', language: 'en', value: effective, limit: 10, message: 'few' }]
      : [],
  };
}

const cells = [{ epochs: 1 }, { epochs: 2 }, { epochs: 3 }];
const runs = cells.flatMap((cell, at) =>
  [1, 2].map((seed) => ({ cell, seed, path: '', evaluation: evaluation([12, 1.1, 18][at]!, at === 1) })),
);
const results = summariseSweep({ name: 'sweep', varied: [{ name: 'epochs', values: [1, 2, 3] }], seeds: [1, 2] }, runs);

it('shows figures of documents first', () => {
  expect(mainFigures(results)).toEqual(['topicShares/effective', 'topicShares/largestMainTopic', 'topicUniqueness']);
});

it.each(['topicShares/effective', 'topicShares/largestMainTopic'])(
  'puts the best by %s first, whether more or less is better',
  (figure) => {
    expect(sortSweep(results, figure).rows.map(({ cell }) => cell['epochs'])).toEqual([3, 1, 2]);
  },
);

it('keeps the order of the grid where all are the same, or no run has the figure', () => {
  expect(sortSweep(results, 'topicUniqueness').rows).toEqual(results.rows);
  expect(sortSweep(results, 'mateRetrieval').rows).toEqual(results.rows);
});

it('counts the runs that were warned of', () => {
  expect(results.rows.map(({ warned, runs: count }) => [warned, count])).toEqual([
    [0, 2],
    [2, 2],
    [0, 2],
  ]);
});
