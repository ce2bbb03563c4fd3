import type { TopicEvaluation } from '@xtm/metrics';
import { mainFigures, sortSweep, summariseSweep } from './sweep-results';
import { printableSweep } from './sweep-table';

/** A model whose documents use so many of 20 topics, one of them being the main topic of the rest. */
function evaluation(effective: number, warns: boolean): TopicEvaluation {
  return {
    languages: ['en'],
    numTopics: 20,
    topWords: 5,
    measures: { topicUniqueness: { perLanguage: [0.9], mean: 0.9 }, topicShares: { split: 'train', perLanguage: [{ effective, largest: 1 / effective, largestMainTopic: 1 / effective }] } },
    omitted: [],
    warnings: warns ? [{ kind: 'fewEffectiveTopics', language: 'en', value: effective, limit: 10, message: 'few' }] : [],
  };
}

const cells = [{ epochs: 1 }, { epochs: 2 }, { epochs: 3 }];
const runs = cells.flatMap((cell, at) => [1, 2].map((seed) => ({ cell, seed, path: '', evaluation: evaluation([12, 1.1, 18][at]!, at === 1) })));
const results = summariseSweep('sweep', [{ name: 'epochs', values: [1, 2, 3] }], [1, 2], cells, runs);

it('shows figures of documents first', () => {
  expect(mainFigures(results)).toEqual(['topicShares/effective', 'topicShares/largestMainTopic', 'topicUniqueness']);
});

it.each(['topicShares/effective', 'topicShares/largestMainTopic'])('puts the best by %s first, whether more or less is better', (figure) => {
  expect(sortSweep(results, figure).rows.map(({ cell }) => cell['epochs'])).toEqual([3, 1, 2]);
});

it('keeps the order of the grid where all are the same, or no run has the figure', () => {
  expect(sortSweep(results, 'topicUniqueness').rows).toEqual(results.rows);
  expect(sortSweep(results, 'mateRetrieval').rows).toEqual(results.rows);
});

it('says how many runs were warned of', () => {
  const { columns, rows, remarks } = printableSweep(results, ['topicShares/effective']);
  expect(columns.map(({ title }) => title)).toEqual(['epochs', 'warned', 'effective topics']);
  expect(rows.map(([, warned]) => warned)).toEqual(['', '2 of 2', '']);
  expect(remarks.join()).toContain('warned: runs whose topics say little');
});
