import type { TopicEvaluation } from '@xtm/metrics';
import { judge } from './verdict';

const score = (value: number, floor: number) => ({ value, floor, floorDeviation: 0.01, gain: value - floor });

/** One language's figures, good but for what is said. */
function evaluation(changed: { effective?: number; largestMainTopic?: number; coverage?: number; completion?: number; labels?: number } = {}): TopicEvaluation {
  const { effective = 9, largestMainTopic = 0.2, coverage = 0.8, completion = 0.1, labels = 0.4 } = changed;
  return {
    languages: ['en'], numTopics: 10, topWords: 15, omitted: [], warnings: [],
    measures: {
      topicShares: { split: 'train', perLanguage: [{ effective, largest: 0.2, largestMainTopic }] },
      coverageGain: { perLanguage: [score(coverage, 0.5)], mean: coverage - 0.5 },
      documentCompletion: { perLanguage: [score(completion, 0)], mean: completion },
      labelInformation: { split: 'test', perLanguage: [score(labels, 0.05)], mean: labels },
    },
  };
}

describe('judge', () => {
  it('finds nothing wrong where everything holds for every seed', () => {
    const [verdict] = judge([evaluation(), evaluation({ coverage: 0.82 }), evaluation({ coverage: 0.78 })]);
    expect(verdict).toMatchObject({ language: 'en', failures: [], coverage: { mean: expect.closeTo(0.8, 10) as number, deviation: expect.closeTo(0.02, 10) as number, floor: 0.5 } });
  });

  it.each([
    [{ effective: 5.9 }, 'effective topics'],
    [{ largestMainTopic: 0.36 }, 'largest main topic'],
  ])('does not let good seeds make up for one of %j', (wrong, failure) => {
    expect(judge([evaluation(), evaluation(wrong), evaluation()])[0]!.failures).toEqual([failure]);
  });

  it('wants a figure above its floor by more than twice what seeds differ by', () => {
    const near = [0.52, 0.6, 0.56].map((coverage) => evaluation({ coverage }));
    expect(judge(near)[0]!.failures).toEqual(['coverage']);
    expect(judge(near.map(({ measures, ...rest }) => ({ ...rest, measures: { ...measures, labelInformation: undefined } })))[0]!.labels).toBeUndefined();
    expect(judge([evaluation({ completion: -0.1 }), evaluation({ completion: -0.1 })])[0]!.failures).toEqual(['completion']);
  });
});
