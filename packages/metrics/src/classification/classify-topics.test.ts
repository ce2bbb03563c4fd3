import { SeededGenerator } from '@xtm/numeric';
import { classifyTopics, type ClassificationData } from './classify-topics';
import { trainLinearSvm } from './linear-svm';
import { gaussianClouds, pickDocuments } from '../testing/synthetic';

const train = async (data: Parameters<typeof trainLinearSvm>[0]) => trainLinearSvm(data);

function language(code: string, seed: number): ClassificationData {
  const clouds = gaussianClouds(new SeededGenerator(seed), 300, 5, ['good', 'bad']);
  const positions = Array.from({ length: 300 }, (_, i) => i);
  return { language: { code, suffix: code }, train: pickDocuments(clouds, positions.slice(0, 200)), test: pickDocuments(clouds, positions.slice(200)) };
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
