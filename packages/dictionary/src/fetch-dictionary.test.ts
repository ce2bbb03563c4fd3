import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EndpointError, InvalidOptionError, MissingFileError } from '@xtm/contracts';
import { FileServer, type ServerFault, temporaryFolder, type TemporaryFolder } from '@xtm/data/testing';
import { fetchDictionary, type FetchDictionaryOptions, type FetchedDictionary } from './fetch-dictionary';
import type { LanguagePair } from './lists/languages';
import { findMusePairs, MUSE, museCode, musePairs } from './muse-catalogue';

describe('musePairs', () => {
  it('are the 110 that MUSE counts, without those of English with English', () => {
    expect(new Set(musePairs).size).toBe(108);
    expect(musePairs).toEqual(expect.arrayContaining(['en-ja', 'ja-en', 'pt-de', 'en-tl', 'zh-en']));
  });

  it.each([
    ['zh-Hans', 'zh'],
    ['nb', 'no'],
    ['no', 'no'],
    ['fil', 'tl'],
    ['tl', 'tl'],
    ['pt-BR', 'pt'],
    ['jpn', 'ja'],
    ['eu', undefined],
    ['?', undefined],
  ])('know %s as %s', (code, expected) => {
    expect(museCode(code)).toBe(expected);
  });

  it('say what there is in place of what there is not', () => {
    const refuse = (languages: LanguagePair): InvalidOptionError => {
      try {
        return expect(findMusePairs(languages)).toBeUndefined() as never;
      } catch (error) {
        return error as InvalidOptionError;
      }
    };
    expect(refuse(['ja', 'zh-Hans']).advice).toContain(
      'xtm dictionary pivot dictionary-en-ja.txt dictionary-en-zh.txt --languages ja,zh-Hans --through en',
    );
    expect(refuse(['ja', 'de']).advice).toContain('en-ja, en-de, de-es');
    expect(refuse(['eu', 'en'])).toMatchObject({
      message: expect.stringContaining('Basque') as string,
      advice: expect.stringContaining('dictionary from') as string,
    });
  });
});

describe('fetchDictionary', () => {
  const WORDS = Array.from({ length: 5_000 }, (_, index) => `word${index}\t言葉${index}\n`).join('');
  const EN_JA = Buffer.from(`Cat\t猫\ncat 猫\ndog\t犬\nguide dog\t盲導犬\n${WORDS}`);
  let place: TemporaryFolder;
  let server: FileServer;
  let files: Map<string, Buffer>;
  let faults: ServerFault[];

  beforeEach(async () => {
    place = await temporaryFolder();
    files = new Map([['/en-ja.txt', EN_JA]]);
    faults = [];
    server = await FileServer.start((path) => {
      const content = files.get(path);
      return content && { content, fault: faults.shift() };
    });
  });

  afterEach(async () => {
    await server.close();
    await place.remove();
  });

  function fetchIt(
    languages: LanguagePair = ['en', 'ja'],
    options: FetchDictionaryOptions = {},
  ): Promise<FetchedDictionary> {
    return fetchDictionary(languages, {
      baseUrl: server.baseUrl,
      folder: place.path,
      attempts: 2,
      retryDelay: 1,
      stallTimeout: 300,
      ...options,
    });
  }

  it('gives pairs in the order of the languages, and writes down what came', async () => {
    const { list, leftOut, lines, record, downloaded, file } = await fetchIt();
    expect(list.translations.slice(0, 2)).toEqual([{ first: 'cat', second: '猫' }, { first: 'dog', second: '犬' }]);
    expect({ lines, leftOut, downloaded }).toEqual({
      lines: 5_004,
      leftOut: { severalWords: 1, empty: 0, otherScript: 0, repeated: 1 },
      downloaded: true,
    });
    expect(JSON.parse(readFileSync(`${file}.json`, 'utf8'))).toEqual(record);
    expect(record).toMatchObject({
      url: `${server.baseUrl}/en-ja.txt`,
      size: EN_JA.length,
      licence: MUSE.licence,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect((await fetchIt()).downloaded).toBe(false);
    expect(server.requests).toHaveLength(1);
  });

  it('takes the other direction where the asked one is missing, and knows other codes', async () => {
    const { pair, list } = await fetchIt(['ja', 'en']);
    expect(pair).toBe('en-ja');
    expect(list).toMatchObject({
      languages: ['ja', 'en'],
      translations: expect.arrayContaining([{ first: '犬', second: 'dog' }]) as unknown,
    });
    files = new Map([['/no-en.txt', Buffer.from('katt cat\n')]]);
    expect((await fetchIt(['en', 'nb'])).list.translations).toEqual([{ first: 'cat', second: 'katt' }]);
    await expect(fetchIt(['en', 'de'])).rejects.toMatchObject({
      failure: 'notFound',
      endpoint: expect.stringContaining('en-de.txt') as string,
    });
  });

  it('goes on over broken connections', async () => {
    faults = [{ kind: 'cut', after: 20_000 }, { kind: 'stall', after: 20_000 }];
    expect((await fetchIt()).record.size).toBe(EN_JA.length);
    expect(server.requests.map(({ range }) => range)).toEqual([undefined, 'bytes=20000-', 'bytes=40000-']);
  });

  it('refuses another content than the first, in place of a damaged copy too, until told that it is right', async () => {
    const { file } = await fetchIt();
    writeFileSync(file, 'cat 猫\n');
    expect((await fetchIt()).downloaded).toBe(true);
    expect(readFileSync(file).equals(EN_JA)).toBe(true);
    files.set('/en-ja.txt', Buffer.from('cat 猫\n'));
    writeFileSync(file, 'damaged');
    await expect(fetchIt()).rejects.toMatchObject({
      constructor: EndpointError,
      failure: 'invalidReply',
      message: expect.stringContaining('another file than the one') as string,
      advice: expect.stringContaining('`acceptChange`') as string,
    });
    expect(readdirSync(place.path).filter((name) => name.includes('.new'))).toEqual([]);
    expect((await fetchIt(['en', 'ja'], { acceptChange: true })).list.translations).toHaveLength(1);
    expect((await fetchIt()).downloaded).toBe(false);
  });

  it.each([
    ['a sign-in page', Buffer.from('<html>Please sign in</html>'), 'web page'],
    ['nothing', Buffer.from(''), 'empty'],
    ['a text', Buffer.from('This is an ordinary text.\nIt has several words.\n'), 'of its 2 lines are two words'],
    ['bytes', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'no text in UTF-8'],
  ])('keeps nothing of %s that comes with success', async (_what, content, problem) => {
    files.set('/en-ja.txt', content);
    await expect(fetchIt()).rejects.toMatchObject({
      failure: 'invalidReply',
      message: expect.stringContaining(problem) as string,
    });
    expect(existsSync(join(place.path, 'muse-en-ja.txt'))).toBe(false);
  });

  it('takes a folder as a mirror, says what it lacks, and refuses other addresses and broken records', async () => {
    await place.write('ja-en.txt', '猫 cat\n');
    const baseUrl = pathToFileURL(place.path).href;
    expect((await fetchIt(['en', 'ja'], { baseUrl })).pair).toBe('ja-en');
    await expect(fetchIt(['en', 'de'], { baseUrl })).rejects.toBeInstanceOf(MissingFileError);
    await expect(fetchIt(['en', 'ja'], { baseUrl: 'ftp://example.org' })).rejects.toBeInstanceOf(InvalidOptionError);
    await place.write('muse-en-ja.txt.json', '{');
    await expect(fetchIt()).rejects.toMatchObject({ code: 'DATA_FORMAT' });
  });
});
