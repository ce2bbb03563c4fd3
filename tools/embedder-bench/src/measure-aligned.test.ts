import { syntheticCorpus } from '@xtm/data/testing';
import { SeededGenerator } from '@xtm/numeric';
import { measureAligned } from './measure-aligned';

it('measures translation and classification of a corpus whose topics both languages share', async () => {
  const corpus = syntheticCorpus({ generator: new SeededGenerator(1), numTopics: 3, trainDocuments: [120, 120], noise: 0.1 });
  const { precisionAt10, classification, fitSeconds } = await measureAligned(corpus, { dimensions: 8 }, 1, 2);
  expect(precisionAt10).toBeGreaterThan(0.9);
  expect(classification.map(({ kind, testLanguage }) => `${testLanguage}-${kind}`)).toEqual(['en-I', 'en-C', 'zh-Hans-I', 'zh-Hans-C']);
  for (const { accuracy } of classification) expect(accuracy).toBeGreaterThan(0.9);
  expect(fitSeconds).toBeGreaterThan(0);
});
