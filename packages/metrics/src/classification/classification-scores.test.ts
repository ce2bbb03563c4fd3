import { accuracy, classificationScores, macroF1 } from './classification-scores';

describe('classification scores', () => {
  const labels = ['a', 'a', 'a', 'b', 'b', 'c'];
  const predictions = ['a', 'a', 'b', 'b', 'd', 'a'];

  it('counts hits', () => {
    expect(accuracy(labels, predictions)).toBe(0.5);
  });

  it('averages F1 over every class among labels and predictions', () => {
    // a: 2·2 / (3 + 3); b: 2·1 / (2 + 2); c and d: 0.
    expect(macroF1(labels, predictions)).toBeCloseTo((4 / 6 + 2 / 4) / 4, 12);
    expect(classificationScores(labels, labels)).toEqual({ accuracy: 1, macroF1: 1 });
  });

  it('refuses lists of different lengths', () => {
    expect(() => accuracy(labels, ['a'])).toThrow('1 predictions for 6 labels');
  });
});
