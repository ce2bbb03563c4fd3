import type { DenseMatrix, RandomGenerator } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { denseMatrix } from '../testing/synthetic';
import { prevalenceResponse, type LabelledProportions } from './prevalence-response';

const LABELS = ['politics', 'sport', 'weather'];

/** Each label has two topics of its own. */
function labelledDocuments(generator: RandomGenerator, labelShares: readonly number[], documents = 1000): LabelledProportions {
  const drawn = Array.from({ length: documents }, () => {
    const u = generator.uniform();
    return u < labelShares[0]! ? 0 : u < labelShares[0]! + labelShares[1]! ? 1 : 2;
  });
  const proportions = denseMatrix(
    drawn.map((label) => {
      const share = generator.uniform();
      return Array.from({ length: 6 }, (_, topic) => 0.05 + (Math.floor(topic / 2) === label ? 0.7 * (topic % 2 === 0 ? share : 1 - share) : 0));
    }),
  );
  return { proportions, labels: drawn.map((label) => LABELS[label]!) };
}

/** Every topic levelled to the same mean within the language, as standardised activations are. */
function standardised({ proportions: { rows, columns, data }, labels }: LabelledProportions): LabelledProportions {
  const means = Array.from({ length: columns }, (_, topic) => data.filter((_, i) => i % columns === topic).reduce((sum, share) => sum + share, 0) / rows);
  const levelled: DenseMatrix = { rows, columns, data: data.map((share, i) => share - means[i % columns]! + 1 / columns) };
  return { proportions: levelled, labels };
}

describe('prevalenceResponse', () => {
  const generator = new SeededGenerator(11);
  const [english, chinese] = [labelledDocuments(generator, [0.6, 0.3, 0.1]), labelledDocuments(generator, [0.2, 0.2, 0.6])];

  it('is near 1 where the proportions follow the labels', () => {
    const { correlation, slope, actual, expected } = prevalenceResponse(english, chinese);
    expect(correlation).toBeGreaterThan(0.99);
    expect(Math.abs(slope - 1)).toBeLessThan(0.05);
    // Topics of politics are about 0.7·0.4/2 larger in English.
    expect(Math.abs(actual[0]! - 0.14)).toBeLessThan(0.03);
    expect(Math.abs(expected[5]! + 0.175)).toBeLessThan(0.03);
  });

  it('has a slope of 0 where each language was levelled, and a small one where it was halfway', () => {
    expect(Math.abs(prevalenceResponse(standardised(english), standardised(chinese)).slope)).toBeLessThan(1e-6);
    const halfway = (documents: LabelledProportions): LabelledProportions => {
      const levelled = standardised(documents).proportions.data;
      return { ...documents, proportions: { ...documents.proportions, data: documents.proportions.data.map((share, i) => (share + levelled[i]!) / 2) } };
    };
    expect(Math.abs(prevalenceResponse(halfway(english), halfway(chinese)).slope - 0.5)).toBeLessThan(0.05);
  });

  it('changes sign with the order of the languages only in its differences', () => {
    const [there, back] = [prevalenceResponse(english, chinese), prevalenceResponse(chinese, english)];
    expect(back.slope).toBeCloseTo(there.slope, 10);
    back.actual.forEach((difference, topic) => expect(difference).toBeCloseTo(-there.actual[topic]!, 10));
  });

  it('leaves out labels of one language, and splits the difference into labels and the rest', () => {
    const first = { proportions: denseMatrix([[1, 0], [1, 0], [0, 1], [0, 1]]), labels: ['a', 'a', 'b', 'only here'] };
    const second = { proportions: denseMatrix([[1, 0], [0.5, 0.5]]), labels: ['a', 'b'] };
    const { actual, expected } = prevalenceResponse(first, second);
    // English: shares 2/3 and 1/3 with means 1 and 0; the other: 1/2 each with means 1 and 1/2.
    expect(actual[0]).toBeCloseTo(2 / 3 - 3 / 4, 10);
    expect(expected[0]).toBeCloseTo((1 / 6) * 1 - (1 / 6) * 0.25, 10);
  });

  it('knows no slope where the labels differ in nothing', () => {
    const { slope, correlation } = prevalenceResponse(english, { ...english, proportions: standardised(english).proportions });
    expect([slope, correlation]).toEqual([Number.NaN, Number.NaN]);
  });

  it('refuses languages without a common label, and lists that do not fit', () => {
    expect(() => prevalenceResponse(english, { ...chinese, labels: chinese.labels.map((label) => `${label} zh`) })).toThrow('no label in common');
    expect(() => prevalenceResponse(english, { ...chinese, labels: [] })).toThrow('0 labels for 1000 documents');
    expect(() => prevalenceResponse(english, { proportions: denseMatrix([[1]]), labels: ['sport'] })).toThrow('1 topics in one language');
  });
});
