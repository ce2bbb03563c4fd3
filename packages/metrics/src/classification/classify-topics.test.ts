import { SeededGenerator } from '@xtm/numeric';
import { gaussianClouds, pickDocuments, rowsOf } from '../testing/synthetic';
import {
  accuracy,
  type ClassificationData,
  classificationScores,
  classifyTopics,
  macroF1,
  trainNearestNeighbours,
} from './classify-topics';
import { trainLinearSvm } from './linear-svm';

const train = async (data: Parameters<typeof trainLinearSvm>[0]) => trainLinearSvm(data);

function language(code: string, seed: number): ClassificationData {
  const clouds = gaussianClouds(new SeededGenerator(seed), 300, 5, ['good', 'bad']);
  const positions = Array.from({ length: 300 }, (_, i) => i);
  return {
    language: { code, suffix: code },
    train: pickDocuments(clouds, positions.slice(0, 200)),
    test: pickDocuments(clouds, positions.slice(200)),
  };
}

describe('classifyTopics', () => {
  const english = language('en', 1);
  const chinese = language('zh-Hans', 2);

  it('tests every classifier on every language, named after the test language', async () => {
    const results = await classifyTopics([english, chinese], train);
    expect(results.map(({ kind, testLanguage, trainLanguage }) => [kind, testLanguage, trainLanguage])).toEqual([
      ['I', 'en', 'en'],
      ['C', 'en', 'zh-Hans'],
      ['I', 'zh-Hans', 'zh-Hans'],
      ['C', 'zh-Hans', 'en'],
    ]);
    const predictions = await trainLinearSvm(chinese.train).predict(english.test.features);
    const hits = predictions.filter((label, i) => label === english.test.labels[i]).length;
    expect(results[1]!.accuracy).toBe(hits / 100);
  });

  it('scores as well across as within where languages share their features', async () => {
    const shared = { ...english, language: { code: 'fr', suffix: 'fr' } };
    const results = await classifyTopics([english, shared], train);
    expect(new Set(results.map((result) => result.accuracy)).size).toBe(1);
  });

  it('refuses a test set whose labels do not fit', async () => {
    const broken = { ...english, test: { ...english.test, labels: ['good'] } };
    await expect(classifyTopics([broken], train)).rejects.toThrow('1 labels for 100 test documents');
  });
});

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

describe('trainNearestNeighbours', () => {
  it('lets the documents at the smallest Euclidean distance vote', async () => {
    const clouds = gaussianClouds(new SeededGenerator(5), 120, 4, ['b', 'a', 'c']);
    const train = pickDocuments(clouds, Array.from({ length: 80 }, (_, i) => i));
    const test = pickDocuments(clouds, Array.from({ length: 40 }, (_, i) => 80 + i));
    const trainRows = rowsOf(train.features);
    const expected = rowsOf(test.features).map((row) => {
      const distances = trainRows.map((other) => Math.hypot(...other.map((value, column) => value - row[column]!)));
      const nearest = [...distances.keys()].sort((a, b) => distances[a]! - distances[b]!).slice(0, 7);
      const votes = (label: string) => nearest.filter((neighbour) => train.labels[neighbour] === label).length;
      return ['a', 'b', 'c'].reduce((best, label) => (votes(label) > votes(best) ? label : best));
    });
    expect(await trainNearestNeighbours(train, { neighbours: 7 }).predict(test.features)).toEqual(expected);
  });

  it('asks every document when there are fewer than neighbours, and gives ties to the class that sorts first', async () => {
    const features = { rows: 2, columns: 1, data: Float32Array.of(0, 1) };
    expect(await trainNearestNeighbours({ features, labels: ['b', 'a'] }).predict(features)).toEqual(['a', 'a']);
  });

  it('refuses no neighbours', () => {
    const features = { rows: 2, columns: 1, data: Float32Array.of(0, 1) };
    expect(() => trainNearestNeighbours({ features, labels: ['b', 'a'] }, { neighbours: 0 })).toThrow(
      'positive integer',
    );
  });
});
