import { evaluationWarnings } from './evaluate-topics';

const shares = (effective: number, largestMainTopic: number) => ({ topicShares: { split: 'train' as const, perLanguage: [{ effective, largest: 0.1, largestMainTopic }] } });
const completion = (value: number, floor: number, floorDeviation: number) => ({
  documentCompletion: { perLanguage: [{ value, floor, floorDeviation, gain: value - floor }], mean: value },
});

describe('evaluationWarnings', () => {
  it('warns of fewer effective topics than half, with the facts', () => {
    expect(evaluationWarnings(shares(3.21, 0.2), 50, ['en'])).toEqual([
      { kind: 'fewEffectiveTopics', language: 'en', value: 3.21, limit: 25, message: 'In en the documents use 3.2 effective topics of 50, fewer than half.' },
    ]);
    expect(evaluationWarnings(shares(25, 0.2), 50, ['en'])).toEqual([]);
  });

  it('warns of a main topic of more than half of the documents', () => {
    expect(evaluationWarnings(shares(30, 0.84), 50, ['ja'])).toEqual([
      { kind: 'largeMainTopic', language: 'ja', value: 0.84, limit: 0.5, message: 'In ja 84 % of the documents have the same main topic.' },
    ]);
    expect(evaluationWarnings(shares(30, 0.5), 50, ['ja'])).toEqual([]);
  });

  it.each([[1, 1, 1], [2, 1.9, 0.7], [3, 2.5, 0.6]])('takes with %i topics what few topics cannot help for granted', (numTopics, effective, largest) => {
    expect(evaluationWarnings(shares(effective, largest), numTopics, ['en'])).toEqual([]);
  });

  it.each([
    ['worse than the unigram model', -0.1, -0.9, 0.01, 0, 'no better than the frequencies of words'],
    ['equal to it', 0, 0, 0, 0, 'no better than the frequencies of words'],
    ['within the noise of permuted proportions', 0.02, 0.005, 0.006, 0.023, 'not clearly better than another document'],
  ])('warns of document completion that is %s', (_, value, floor, deviation, limit, text) => {
    expect(evaluationWarnings(completion(value, floor, deviation), 50, ['en'])).toEqual([
      { kind: 'uninformativeProportions', language: 'en', value, limit: expect.closeTo(limit, 10) as number, message: expect.stringContaining(text) as string },
    ]);
  });

  it('says nothing of completion above both, nor of what was not measured or does not exist', () => {
    expect(evaluationWarnings(completion(0.02, -0.4, 0.01), 50, ['en'])).toEqual([]);
    expect(evaluationWarnings({}, 50, ['en'])).toEqual([]);
    expect(evaluationWarnings({ ...shares(Number.NaN, Number.NaN), ...completion(Number.NaN, Number.NaN, Number.NaN) }, 50, ['en'])).toEqual([]);
  });

  it('names the language that it is about', () => {
    const { topicShares } = shares(40, 0.1);
    const mixed = { topicShares: { ...topicShares, perLanguage: [topicShares.perLanguage[0]!, { effective: 2, largest: 0.9, largestMainTopic: 0.9 }] } };
    expect(evaluationWarnings(mixed, 50, ['en', 'zh-Hans']).map(({ kind, language }) => [kind, language])).toEqual([['fewEffectiveTopics', 'zh-Hans'], ['largeMainTopic', 'zh-Hans']]);
  });
});
