import { prepareCorpus } from '../prepare/prepare-corpus';
import { collectTexts, type DocumentTexts } from './document-texts';

const WORDS = [['garden tree', 'garden rain'], ['garten baum', 'garten regen']] as const;

function prepare(texts: readonly [DocumentTexts['texts'], DocumentTexts['texts']]) {
  const languages = [{ code: 'en' }, { code: 'de' }];
  return prepareCorpus({ name: 'memory', languages, documents: texts.map((of, index) => ({ language: languages[index]!.code, texts: of })), minDocumentFrequency: 1, maxDocumentFrequency: 1, testFraction: 0 });
}

async function* later<Item>(items: Iterable<Item>): AsyncIterable<Item> {
  for (const item of items) yield await Promise.resolve(item);
}

describe('texts in memory', () => {
  it('become a corpus as files do, from arrays, other iterables and async ones', async () => {
    const fromArrays = await prepare([WORDS[0], WORDS[1]]);
    expect(fromArrays.corpus.languages.map(({ vocabulary }) => vocabulary.length)).toEqual([3, 3]);
    expect(fromArrays.corpus.languages[1]!.train.texts).toEqual(WORDS[1]);
    expect((await prepare([new Set(WORDS[0]), later(WORDS[1])])).corpus).toEqual(fromArrays.corpus);
  });

  it('bring ids, labels, parts and metadata', async () => {
    const documents = (side: 0 | 1) => WORDS[side].map((text, index) => ({ text, id: `d${index}`, label: `l${index}`, split: (['train', 'test'] as const)[index]!, metadata: { year: 2020 + index } }));
    const { corpus: { languages: [english] } } = await prepare([documents(0), documents(1)]);
    expect(english!.train).toMatchObject({ ids: ['d0'], labels: ['l0'], metadata: [{ year: 2020 }] });
    expect(english!.test).toMatchObject({ ids: ['d1'], labels: ['l1'], metadata: [{ year: 2021 }] });
  });

  it('say which of them is none, and whose language is unknown', async () => {
    await expect(collectTexts({ language: 'en', texts: ['one', { text: 2 } as never] })).rejects.toThrow('texts in en:2: is neither a text nor a document with a text');
    await expect(prepareCorpus({ name: 'm', languages: [{ code: 'en' }, { code: 'de' }], documents: [{ language: 'fr', texts: ['x'] }] })).rejects.toThrow('"fr" is none of en, de');
    await expect(prepareCorpus({ name: 'm', languages: [{ code: 'en' }, { code: 'de' }], documents: [{ language: 'en', texts: 7 as never }] })).rejects.toThrow('must be an array');
    await expect(prepareCorpus({ name: 'm', languages: [{ code: 'en' }, { code: 'de' }], documents: [{ path: 'a', format: 'x' as never }] })).rejects.toThrow('documents.0.format');
  });
});
