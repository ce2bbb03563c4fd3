import { syntheticCorpus } from '@xtm/data/testing';
import { AlignedEmbedder } from '@xtm/embedder';
import { SeededGenerator } from '@xtm/numeric';
import { classifyDocuments, sampleCorpus } from './measure-documents';
import { readTexts } from './read-texts';

it('draws the same documents with the same seed, labels beside them, and measures on those', async () => {
  const corpus = syntheticCorpus({ generator: new SeededGenerator(1), numTopics: 3, trainDocuments: [120, 120], noise: 0.1 });
  const sample = sampleCorpus(corpus, [60, 5], false, 3);
  expect(sample.languages.map(({ train, test }) => [train.rows.rows, train.labels!.length, test!.rows.rows])).toEqual([[60, 60, 5], [60, 60, 5]]);
  expect(sampleCorpus(corpus, [60, 5], false, 3)).toEqual(sample);
  expect(sampleCorpus(corpus, [60, 5], false, 4)).not.toEqual(sample);
  const embedder = new AlignedEmbedder({ dimensions: 8 });
  await embedder.fit(sample, corpus.dictionary);
  for (const { accuracy } of await classifyDocuments(sample, embedder)) expect(accuracy).toBeGreaterThan(0.8);
});

it('takes texts of a file evenly spread, from lines or JSON lines', () => {
  expect(readTexts('a.txt', 'one\n\ntwo\nthree\nfour\n', 2)).toEqual(['one', 'three']);
  expect(readTexts('a.jsonl', '{"text": "one"}\n{"text": "two"}\n', 9)).toEqual(['one', 'two']);
});
