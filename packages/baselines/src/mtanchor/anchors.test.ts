import { SeededGenerator } from '@xtm/numeric';
import { syntheticCorpus } from '../testing/synthetic-corpus';
import { AnchorSpan } from './anchors';
import { WordCooccurrence } from './word-cooccurrence';

const { resources } = syntheticCorpus({ generator: new SeededGenerator(5), documents: 100 });
const cooccurrence = new WordCooccurrence(resources.corpus.languages[0]!.train.rows);
const candidates = Int32Array.of(0, 1, 10, 20, 30);
const dot = (first: Float64Array, second: Float64Array): number =>
  first.reduce((sum, value, i) => sum + value * second[i]!, 0);
const minus = (first: Float64Array, second: Float64Array): Float64Array => first.map((value, i) => value - second[i]!);

describe('AnchorSpan', () => {
  it('measures from the origin at first, then from the first anchor', () => {
    const span = new AnchorSpan(cooccurrence, candidates);
    for (const word of candidates)
      expect(span.squaredDistances[word]).toBeCloseTo(dot(cooccurrence.row(word), cooccurrence.row(word)), 10);
    span.extend(10);
    for (const word of candidates) {
      const difference = minus(cooccurrence.row(word), cooccurrence.row(10));
      expect(span.squaredDistances[word]).toBeCloseTo(dot(difference, difference), 10);
    }
  });

  it('measures from the line through two anchors', () => {
    const span = new AnchorSpan(cooccurrence, candidates);
    span.extend(10);
    span.extend(20);
    const origin = cooccurrence.row(10);
    const along = minus(cooccurrence.row(20), origin);
    for (const word of candidates) {
      const difference = minus(cooccurrence.row(word), origin);
      const shadow = dot(difference, along) ** 2 / dot(along, along);
      expect(span.squaredDistances[word]).toBeCloseTo(dot(difference, difference) - shadow, 10);
    }
    expect(span.squaredDistances[20]).toBe(0);
  });

  it('gives words that are no candidates no distance', () => {
    expect(new AnchorSpan(cooccurrence, candidates).squaredDistances[2]).toBe(0);
  });
});
