import { AbortedError } from '@xtm/contracts';
import { denseFromSparseRows } from '../sparse/sparse-rows';
import type { LanguagePreprocessing } from './preprocessing';
import { createWordsOf, tokenizeTexts, vectorize } from './vectorize';

const ENGLISH: LanguagePreprocessing = {
  language: { code: 'en', suffix: 'en' }, segmenter: 'intl', lowerCase: true, numbers: false, minWordLength: 2, stopWords: ['the'],
};

describe('vectorize', () => {
  it('counts known words; a text without any gives an empty row', async () => {
    const rows = await vectorize(['The cat sees a CAT.', '', 'unknown', 'dog and cat'], ENGLISH, ['cat', 'dog']);
    expect([...denseFromSparseRows(rows).data]).toEqual([2, 0, 0, 0, 0, 0, 1, 1]);
  });

  it('drops stop words even if the vocabulary has them', async () => {
    expect((await vectorize(['the cat'], ENGLISH, ['cat', 'the'])).values).toEqual(Float32Array.of(1));
  });

  it('reports progress and stops when told to', async () => {
    const texts = new Array<string>(1200).fill('cat');
    const wordsOf = await createWordsOf(ENGLISH);
    const done: number[] = [];
    await tokenizeTexts(texts, wordsOf, { onProgress: (progress) => done.push(progress.done) });
    expect(done).toEqual([500, 1000]);
    const controller = new AbortController();
    const stopped = tokenizeTexts(texts, wordsOf, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(stopped).rejects.toThrow(AbortedError);
  });
});
