import { join } from 'node:path';
import { DataFormatError, EmptyCorpusError, InvalidOptionError, MissingFileError } from '@xtm/contracts';
import { loadDataset } from '../dataset/load-dataset';
import { writeDataset } from '../dataset/write-dataset';
import { temporaryFolder, type TemporaryFolder } from '../testing';
import { vectorize } from '../words/vectorize';
import { prepareCorpus } from './prepare-corpus';
import { type PrepareOptions, readPrepareOptions } from './prepare-options';

const ENGLISH = ['The cat chased the dog.', 'A dog barked, the cat slept.', 'Dogs and cats and the dog.', '42!', 'The cat again', 'Nothing but a dog'];
const CHINESE = ['猫在睡觉', '狗在睡觉', '猫和狗', '我喜欢猫', '狗喜欢睡觉'];

describe('prepareCorpus', () => {
  let folder: TemporaryFolder;
  let options: PrepareOptions;
  beforeAll(async () => {
    folder = await temporaryFolder();
    options = {
      name: 'pets',
      languages: [{ code: 'en' }, { code: 'zh-Hans', suffix: 'cn' }],
      documents: [
        { path: await folder.write('en.txt', ENGLISH.join('\n')), language: 'en' },
        { path: await folder.write('zh.txt', CHINESE.join('\n')), language: 'zh' },
      ],
      dictionary: await folder.write('pairs.txt', '猫 cat\n狗 dog\n鱼 fish\n'),
      segmenter: 'intl',
      minDocumentFrequency: 1,
      maxDocumentFrequency: 1,
    };
  });
  afterAll(() => folder.remove());

  it('goes from texts to rows, vocabularies and pairs', async () => {
    const { corpus, dictionary, preprocessing } = await prepareCorpus({ ...options, segmenter: 'auto', testFraction: 0 });
    const [english, chinese] = corpus.languages;
    expect(english!.vocabulary).toEqual(expect.arrayContaining(['barked', 'cat', 'cats', 'dog']));
    expect(english!.vocabulary).not.toContain('the');
    expect(chinese!.vocabulary).toEqual(['喜欢', '狗', '猫', '睡觉']);
    expect(english!.train.rows.rows).toBe(6);
    expect(english!.test).toBeUndefined();
    expect(english!.train.texts).toEqual(ENGLISH);
    expect(dictionary).toMatchObject({ pairs: 2, outside: 1 });
    expect(preprocessing.languages.map(({ segmenter }) => segmenter)).toEqual(['intl', 'jieba']);
  });

  it('keeps an empty document and says where it is', async () => {
    const { corpus, warnings } = await prepareCorpus({ ...options, testFraction: 0 });
    const { indptr } = corpus.languages[0]!.train.rows;
    expect(indptr[4]! - indptr[3]!).toBe(0);
    expect(warnings).toMatchObject([{ kind: 'emptyDocuments', count: 1, places: [`${join(folder.path, 'en.txt')}:4`] }]);
  });

  it('divides by seed and share', async () => {
    const textsOf = async (seed: number) => {
      const { corpus } = await prepareCorpus({ ...options, testFraction: 0.34, seed });
      return corpus.languages.map(({ train, test }) => [train.texts!, test!.texts!]);
    };
    const [english] = await textsOf(1);
    expect(english!.map(({ length }) => length)).toEqual([4, 2]);
    expect(english!.flat().sort()).toEqual([...ENGLISH].sort());
    expect(await textsOf(1)).toEqual(await textsOf(1));
    const splits = await Promise.all([1, 2, 3, 4, 5].map(async (seed) => JSON.stringify(await textsOf(seed))));
    expect(new Set(splits).size).toBeGreaterThan(1);
  });

  it('reads both languages, ids, labels, splits and metadata of one file', async () => {
    const path = await folder.write('both.csv', [
      'id,language,text,label,split,date',
      '1,en,a cat,2,train,2024-01-01', '2,zh-Hans,猫和狗,1,train,2024-01-02', '3,cn,狗,2,test,2024-01-03', '4,EN,the cat,1,test,',
    ].join('\n'));
    const { corpus } = await prepareCorpus({ ...options, documents: [{ path }], labels: { 1: 'bad', 2: 'good' } });
    const [english, chinese] = corpus.languages;
    expect(english!.train).toMatchObject({ ids: ['1'], labels: ['good'], metadata: [{ date: '2024-01-01' }] });
    expect(english!.test).toMatchObject({ ids: ['4'], labels: ['bad'] });
    expect(chinese!.train).toMatchObject({ ids: ['2'], labels: ['bad'] });
    expect(chinese!.test).toMatchObject({ ids: ['3'], texts: ['狗'] });
  });

  it('drops the user\'s stop words, whatever their case', async () => {
    const stopWordFiles = { en: await folder.write('stop.txt', 'Cat\n') };
    const { corpus } = await prepareCorpus({ ...options, stopWords: false, stopWordFiles });
    expect(corpus.languages[0]!.vocabulary).not.toContain('cat');
    expect(corpus.languages[0]!.vocabulary).toContain('the');
  });

  it.each<[PrepareOptions['stopWords'], readonly string[]]>([
    [undefined, ['cat', 'room']],
    [true, ['cat', 'room']],
    ['moderate', ['cat', 'room']],
    ['broad', ['cat']],
    ['none', ['cat', 'room', 'the']],
    [false, ['cat', 'room', 'the']],
    [{ cn: 'broad' }, ['cat', 'room']],
    [{ en: 'broad', cn: false }, ['cat']],
  ])('drops the standard stop words as %j says', async (stopWords, vocabulary) => {
    const path = await folder.write('list.csv', 'language,text\nen,the room\nen,the cat\nzh,猫的\n');
    const asked = stopWords === undefined ? {} : { stopWords };
    const { corpus } = await prepareCorpus({ ...options, documents: [{ path }], dictionary: undefined, testFraction: 0, ...asked } as PrepareOptions);
    expect(corpus.languages[0]!.vocabulary).toEqual(vocabulary);
  });

  it('writes stop words as the tokenizer writes words', async () => {
    const stopWordFiles = { en: await folder.write('stop.txt', 'can\u2019t\nＤＯＧ\nCats.\n') };
    const path = await folder.write('list.csv', "language,text\nen,I can't see a dog or cats\nen,a bird\nzh,猫\n");
    const { corpus } = await prepareCorpus({ ...options, documents: [{ path }], dictionary: undefined, stopWords: false, stopWordFiles, testFraction: 0 } as PrepareOptions);
    expect(corpus.languages[0]!.vocabulary).toEqual(['bird', 'or', 'see']);
  });

  it('keeps words that it is told to keep, whatever the lists and the number of documents', async () => {
    const stopWordFiles = { en: await folder.write('stop.txt', 'dog\n') };
    const asked = { ...options, dictionary: undefined, maxDocumentFrequency: 0.4, stopWordFiles, testFraction: 0 };
    const vocabularyOf = async (keepWords: string[]) => (await prepareCorpus({ ...asked, keepWords } as PrepareOptions)).corpus.languages.flatMap(({ vocabulary }) => vocabulary);
    expect(await vocabularyOf(['Dog', 'THE', '狗'])).toEqual(expect.arrayContaining(['dog', 'the', '狗']));
    const without = await vocabularyOf([]);
    expect(['dog', 'the', '狗'].filter((word) => without.includes(word))).toEqual([]);
  });

  it('drops fewer common words where a list of stop words is in use, and tells which it dropped', async () => {
    const texts = ['room bed', 'room bath', 'room view', 'bar'];
    const path = await folder.write('hotels.csv', ['language,text', ...texts.flatMap((text) => [`en,${text}`, `tlh,${text}`])].join('\n'));
    const asked = { ...options, languages: [{ code: 'en' }, { code: 'tlh' }], documents: [{ path }], dictionary: undefined, maxDocumentFrequency: undefined, testFraction: 0 };
    const { corpus, commonWords } = await prepareCorpus(asked as unknown as PrepareOptions);
    expect(corpus.languages.map(({ vocabulary }) => vocabulary.includes('room'))).toEqual([true, false]);
    expect(commonWords).toEqual([
      { maxDocumentFrequency: 0.9, count: 0, words: [] },
      { maxDocumentFrequency: 0.5, count: 1, words: [{ word: 'room', documents: 3 }] },
    ]);
  });

  it('tells how far the dictionary reaches, and that it was read the other way round', async () => {
    const dictionary = await folder.write('swapped.txt', 'cat 猫\ndog 狗\n');
    const { dictionary: report, warnings } = await prepareCorpus({ ...options, dictionary, testFraction: 0 });
    expect(report).toMatchObject({ pairs: 2, reversed: true, coverage: [{ words: 2 }, { words: 2, vocabularyShare: 0.5 }] });
    expect(warnings).toContainEqual(expect.objectContaining({ kind: 'reversedDictionary', message: expect.stringContaining("the first language's word first") }));
  });

  it('makes a data set that is the same after writing and loading, and cuts new texts alike', async () => {
    const dataset = await prepareCorpus(options);
    await writeDataset(join(folder.path, 'data'), dataset);
    const loaded = await loadDataset(join(folder.path, 'data'), { texts: true });
    expect(loaded.corpus).toEqual(dataset.corpus);
    expect(loaded.preprocessing).toEqual(dataset.preprocessing);
    for (const [index, { train, vocabulary }] of loaded.corpus.languages.entries()) {
      expect(await vectorize(train.texts!, loaded.preprocessing.languages[index]!, vocabulary)).toEqual(train.rows);
    }
  });

  it('gives documents no ids that they did not come with, for the same id says the same document', async () => {
    const files = { en: 'text,date\na cat,2024-01-01\na dog,2024-01-02\n', zh: 'text,date\n猫,2024-01-01\n狗,2024-01-02\n' };
    const documents = await Promise.all(Object.entries(files).map(async ([language, content]) => ({ path: await folder.write(`dated-${language}.csv`, content), language })));
    const dataset = await prepareCorpus({ ...options, documents, testFraction: 0 });
    await writeDataset(join(folder.path, 'dated'), dataset);
    const { corpus } = await loadDataset(join(folder.path, 'dated'));
    for (const { train } of corpus.languages) {
      expect(train.ids).toBeUndefined();
      expect(train.metadata).toEqual([{ date: '2024-01-01' }, { date: '2024-01-02' }]);
    }
  });

  it.each<[string, string, object]>([
    ['an unknown language', 'id,language,text\n1,fr,chat\n', { line: 2, field: 'language' }],
    ['a document without language', 'id,language,text\n1,,chat\n', { line: 2, field: 'language' }],
    ['a repeated id', 'id,language,text\n1,en,cat\n1,en,dog\n2,zh,猫\n', { line: 3, field: 'id' }],
    ['a missing label', 'id,language,text,label\n1,en,cat,a\n2,en,dog,\n3,zh,猫,a\n', { line: 3, field: 'label' }],
    ['a missing split', 'id,language,text,split\n1,en,cat,\n2,en,dog,test\n3,zh,猫,train\n', { line: 2, field: 'split' }],
  ])('names the place of %s', async (_, content, place) => {
    const path = await folder.write('wrong.csv', content);
    await expect(prepareCorpus({ ...options, documents: [{ path }] })).rejects.toMatchObject({ constructor: DataFormatError, place: { file: path, ...place } });
  });

  it('refuses a language without documents, training documents or words', async () => {
    const file = async (content: string) => [{ path: await folder.write('few.csv', content) }];
    await expect(prepareCorpus({ ...options, documents: await file('language,text\nen,cat\n') })).rejects.toMatchObject({ constructor: EmptyCorpusError, language: 'zh-Hans' });
    const onlyTests = await file('language,text,split\nen,cat,test\nzh,猫,train\n');
    await expect(prepareCorpus({ ...options, documents: onlyTests })).rejects.toThrow('there are no training documents in en');
    await expect(prepareCorpus({ ...options, minDocumentFrequency: 50 })).rejects.toThrow('no word of en occurs in 50 or more');
  });

  it.each([{ testFraction: 1 }, { seed: -1 }, { minDocumentFrequency: -2 }, { stopwords: true }, { stopWords: 'all' }, { stopWords: { en: 3 } }, { stopWords: { fr: 'broad' } }, { keepWords: 'dog' }, { languages: [{ code: 'en' }] }])('refuses %j', async (wrong) => {
    await expect(prepareCorpus({ ...options, ...wrong } as PrepareOptions)).rejects.toThrow(InvalidOptionError);
  });
});

describe('readPrepareOptions', () => {
  it('takes paths relative to the file', async () => {
    const folder = await temporaryFolder();
    const raw = { name: 'x', languages: [{ code: 'en' }, { code: 'zh' }], documents: [{ path: 'a.csv' }], dictionary: '../d.txt', stopWordFiles: { en: 's.txt' } };
    const file = await folder.write('corpus.json', JSON.stringify(raw));
    expect(await readPrepareOptions(file)).toMatchObject({
      documents: [{ path: join(folder.path, 'a.csv') }], dictionary: join(folder.path, '../d.txt'), stopWordFiles: { en: join(folder.path, 's.txt') },
    });
    await expect(readPrepareOptions(`${file}.none`)).rejects.toThrow(MissingFileError);
    const wrong = await folder.write('wrong.json', JSON.stringify({ ...raw, documents: [{ path: 'a.csv', colums: {} }] }));
    await expect(readPrepareOptions(wrong)).rejects.toMatchObject({ constructor: DataFormatError, place: { file: wrong, field: 'documents.0.colums' } });
    await folder.remove();
  });
});
