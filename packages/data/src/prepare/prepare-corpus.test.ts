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

  it.each([{ testFraction: 1 }, { seed: -1 }, { minDocumentFrequency: -2 }, { stopwords: true }, { languages: [{ code: 'en' }] }])('refuses %j', async (wrong) => {
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
