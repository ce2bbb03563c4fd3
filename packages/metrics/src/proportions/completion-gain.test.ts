import type { DenseMatrix, SparseRows } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { halveDocuments, perplexity } from '../perplexity';
import { denseMatrix, plantedDocuments, randomProportions } from '../testing/synthetic';
import { completionGain, unigramModel, wordsOfDocuments } from './completion-gain';

const TOPICS = 8;

const rows: SparseRows = { rows: 2, columns: 3, indptr: Int32Array.of(0, 2, 3), indices: Int32Array.of(0, 1, 1), values: Float32Array.of(3, 1, 2) };

describe('unigramModel', () => {
  it('adds one to the count of every word', () => {
    expect([...unigramModel(rows)]).toEqual([4 / 9, 4 / 9, 1 / 9]);
  });
});

describe('wordsOfDocuments', () => {
  it('weights words by proportions and smooths with the unigram model', () => {
    const unigram = unigramModel(rows);
    const topicWord = wordsOfDocuments(rows, denseMatrix([[1, 0], [0.25, 0.75]]), unigram);
    const counts = [[3, 1 + 0.25 * 2, 0], [0, 0.75 * 2, 0]];
    const expected = counts.flatMap((ofTopic) => {
      const total = ofTopic.reduce((sum, count) => sum + count, 3);
      return ofTopic.map((count, word) => (count + 3 * unigram[word]!) / total);
    });
    expect([topicWord.rows, topicWord.columns]).toEqual([2, 3]);
    topicWord.data.forEach((probability, i) => expect(probability).toBeCloseTo(expected[i]!, 6));
  });
});

describe('completionGain', () => {
  it('is the logarithm of the ratio of two perplexities, but for the share of the unigram model', () => {
    const unigram = unigramModel(rows);
    const mixture = { proportions: denseMatrix([[0.5, 0.5], [0.1, 0.9]]), topicWord: denseMatrix([[0.6, 0.3, 0.1], [0.1, 0.8, 0.1]]) };
    const mixed = denseMatrix([0, 1].map((topic) => [0, 1, 2].map((word) => 0.99 * mixture.topicWord.data[topic * 3 + word]! + 0.01 * unigram[word]!)));
    const ofUnigram = perplexity(rows, { proportions: denseMatrix([[1], [1]]), topicWord: denseMatrix([[...unigram]]) });
    expect(completionGain(rows, mixture, unigram)).toBeCloseTo(Math.log(ofUnigram / perplexity(rows, { ...mixture, topicWord: mixed })), 5);
  });

  it('is 0 for the unigram model, finite for impossible words, and NaN without words', () => {
    const unigram = unigramModel(rows);
    expect(completionGain(rows, { proportions: denseMatrix([[1], [1]]), topicWord: denseMatrix([[...unigram]]) }, unigram)).toBeCloseTo(0, 6);
    expect(completionGain(rows, { proportions: denseMatrix([[1], [1]]), topicWord: denseMatrix([[0, 0, 1]]) }, unigram)).toBeCloseTo(Math.log(0.01), 6);
    const empty: SparseRows = { rows: 1, columns: 3, indptr: Int32Array.of(0, 0), indices: new Int32Array(), values: new Float32Array() };
    expect(completionGain(empty, { proportions: denseMatrix([[1]]), topicWord: denseMatrix([[0, 0, 1]]) }, unigram)).toBeNaN();
  });

  it('rewards proportions that know the documents, not a collapsed model or noise', () => {
    const generator = new SeededGenerator(6);
    const themes = (documents: number) => Array.from({ length: documents }, () => generator.integer(TOPICS));
    const train = plantedDocuments(generator, themes(400), TOPICS);
    const test = plantedDocuments(generator, themes(200), TOPICS);
    const { heldOut } = halveDocuments(test.rows, generator);
    const unigram = unigramModel(train.rows);
    const gain = (ofTrain: DenseMatrix, ofTest: DenseMatrix) => completionGain(heldOut, { proportions: ofTest, topicWord: wordsOfDocuments(train.rows, ofTrain, unigram) }, unigram);
    const collapsed = (documents: number) => denseMatrix(Array.from({ length: documents }, () => [0.93, ...new Array<number>(TOPICS - 1).fill(0.01)]));
    // Planted: 0.825 of a document's words are of its topic, one of eight as frequent topics.
    const best = 0.825 * Math.log(8 * 0.825) + 0.175 * Math.log((8 / 7) * 0.175);
    const planted = gain(train.proportions, test.proportions);
    expect(planted).toBeGreaterThan(0.5 * best);
    expect(planted).toBeLessThan(best + 0.05);
    expect(Math.abs(gain(collapsed(400), collapsed(200)))).toBeLessThan(0.005);
    expect(gain(randomProportions(generator, 400, TOPICS), randomProportions(generator, 200, TOPICS))).toBeLessThan(0.005);
    expect(gain(train.proportions, { ...test.proportions, data: test.proportions.data.slice().reverse() })).toBeLessThan(0);
  });

  it('gives documents the proportions of others', () => {
    const unigram = unigramModel(rows);
    const topicWord = denseMatrix([[0.8, 0.1, 0.1], [0.1, 0.8, 0.1]]);
    const [own, swapped] = [[[1, 0], [0, 1]], [[0, 1], [1, 0]]].map((lists) => denseMatrix(lists));
    expect(completionGain(rows, { proportions: own!, topicWord }, unigram, [1, 0])).toBe(completionGain(rows, { proportions: swapped!, topicWord }, unigram));
  });

  it('refuses shapes that do not fit', () => {
    const unigram = unigramModel(rows);
    expect(() => completionGain(rows, { proportions: denseMatrix([[1]]), topicWord: denseMatrix([[0, 0, 1]]) }, unigram)).toThrow('1 documents for 2');
    expect(() => completionGain(rows, { proportions: denseMatrix([[1], [1]]), topicWord: denseMatrix([[0, 1]]) }, unigram)).toThrow('do not fit');
    expect(() => completionGain(rows, { proportions: denseMatrix([[1], [1]]), topicWord: denseMatrix([[0, 0, 1]]) }, [1])).toThrow('1 words for 3');
  });
});
