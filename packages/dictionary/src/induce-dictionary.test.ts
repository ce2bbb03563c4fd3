import fc from 'fast-check';
import { type DenseMatrix, InvalidOptionError } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { calibrateThreshold } from './calibrate-threshold';
import { induceDictionary, type InductionInput } from './induce-dictionary';
import type { WordList } from './lists/word-list';

const LANGUAGES = ['en', 'xx'] as const;
const DIMENSIONS = 24;
const SHARED = 200;
const ALONE = 60;

/**
 * Two vocabularies of 260 words as an encoder would see them: word i means what word i means for the first 200, all
 * others mean something of their own, and each language has a direction of its own that all its words share.
 */
function twoVocabularies(noise = 0.35): InductionInput {
  const generator = new SeededGenerator(7);
  const meanings = Array.from({ length: SHARED + 2 * ALONE }, () =>
    Float64Array.from({ length: DIMENSIONS }, () => generator.normal()),
  );
  const language = (side: 0 | 1): DenseMatrix => {
    const offset = Float64Array.from({ length: DIMENSIONS }, () => 3 * generator.normal());
    const rows = Array.from(
      { length: SHARED + ALONE },
      (_, word) => meanings[word < SHARED ? word : word + side * ALONE]!,
    );
    return {
      rows: rows.length,
      columns: DIMENSIONS,
      data: Float32Array.from(
        rows.flatMap((row) => [...row].map((value, c) => value + offset[c]! + noise * generator.normal())),
      ),
    };
  };
  const words = (letter: string): string[] => Array.from({ length: SHARED + ALONE }, (_, word) => `${letter}${word}`);
  return { languages: LANGUAGES, vocabularies: [words('a'), words('b')], vectors: [language(0), language(1)] };
}

const isTrue = ({ first, second }: { readonly first: string; readonly second: string }): boolean =>
  first.slice(1) === second.slice(1) && Number(first.slice(1)) < SHARED;

function trueList(every = 1): WordList {
  const numbers = Array.from({ length: SHARED }, (_, word) => word).filter((word) => word % every === 0);
  return { languages: LANGUAGES, translations: numbers.map((word) => ({ first: `a${word}`, second: `b${word}` })) };
}

describe('induceDictionary', () => {
  it('finds the words that mean the same, leaves alone those that have no partner, and puts the surest first', () => {
    const { list, mutual, oneWay, quality } = induceDictionary(twoVocabularies());
    const right = list.translations.filter(isTrue).length;
    expect(right / SHARED).toBeGreaterThan(0.85);
    expect(right / list.translations.length).toBeGreaterThan(0.95);
    expect(mutual.pairs + oneWay.pairs).toBe(list.translations.length);
    const scores = list.translations.map(({ score }) => score!);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(quality).toBeUndefined();
  });

  it('chooses thresholds by a dictionary that is there and judges itself by the half of it that had no part in ' +
    'that', () => {
    const input = { ...twoVocabularies(0.9), known: trueList() };
    const loose = induceDictionary(input, { minPrecision: 0.2 });
    const strict = induceDictionary(input, { minPrecision: 0.95 });
    expect(strict.mutual.threshold).toBeGreaterThan(loose.mutual.threshold);
    expect(strict.quality!.precision).toBeGreaterThan(loose.quality!.precision);
    expect(strict.quality!.coverage).toBeLessThan(loose.quality!.coverage);
    const held = [...trueList().translations]
      .map(({ first }) => first)
      .sort()
      .filter((_, index) => index % 2 === 1);
    expect(strict.quality!.words).toBe(held.length);
    const found = strict.list.translations.filter((pair) => held.includes(pair.first) && isTrue(pair)).length;
    expect(strict.quality!.coverage).toBeCloseTo(found / held.length, 10);
  });

  it('keeps to thresholds that were asked for, and to its own where the dictionary is too small to tell', () => {
    const input = { ...twoVocabularies(), known: trueList(20) };
    expect(induceDictionary(input).mutual).toMatchObject({ threshold: 2 });
    expect(induceDictionary(input).mutual.calibration).toBeUndefined();
    expect(
      induceDictionary({ ...input, known: trueList() }, { mutualThreshold: 7.5, oneWayThreshold: 100 }),
    ).toMatchObject({ mutual: { threshold: 7.5 }, oneWay: { threshold: 100, pairs: 0 } });
    expect(() => induceDictionary(input, { neighbours: 0 })).toThrow(InvalidOptionError);
  });

  it('does not depend on how long vectors are or where their language lies', () => {
    const input = twoVocabularies();
    const moved = { ...input.vectors[1], data: input.vectors[1].data.map((value) => 5 * value) };
    expect(
      induceDictionary({ ...input, vectors: [input.vectors[0], moved] }).list.translations.map(({ first, second }) => [
        first,
        second,
      ]),
    ).toEqual(induceDictionary(input).list.translations.map(({ first, second }) => [first, second]));
  });

  it('makes nothing of an empty vocabulary', () => {
    const none = { rows: 0, columns: DIMENSIONS, data: new Float32Array() };
    const { vocabularies: [words], vectors: [vectors] } = twoVocabularies();
    expect(
      induceDictionary({ languages: LANGUAGES, vocabularies: [words, []], vectors: [vectors, none] }).list
        .translations,
    ).toEqual([]);
  });
});

describe('calibrateThreshold', () => {
  it('finds where pairs turn from mostly wrong to mostly right', () => {
    const generator = new SeededGenerator(2);
    const judged = Array.from({ length: 2_000 }, () => generator.uniform() * 10).map((score) => ({
      score,
      correct: generator.uniform() < score / 10,
    }));
    const { threshold, calibration } = calibrateThreshold(judged, { minPrecision: 0.6, fallback: 1 });
    expect(threshold).toBeGreaterThan(5);
    expect(threshold).toBeLessThan(7);
    expect(calibration!.precision).toBeGreaterThan(0.75);
  });

  it('gives no lower threshold for a higher precision, and keeps what it promises', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ score: fc.integer({ min: 0, max: 20 }), correct: fc.boolean() }), {
          minLength: 30,
          maxLength: 80,
        }),
        (judged) => {
          const at = (minPrecision: number) => calibrateThreshold(judged, { minPrecision, fallback: 0 });
          expect(at(0.3).threshold).toBeLessThanOrEqual(at(0.7).threshold);
          if (Number.isFinite(at(0.7).threshold))
            expect(at(0.7).calibration!.precision).toBeGreaterThanOrEqual(0.7 - 1e-12);
        },
      ),
    );
  });
});
