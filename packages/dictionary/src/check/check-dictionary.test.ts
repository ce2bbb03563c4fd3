import type { Corpus } from '@xtm/contracts';
import { sparseRows } from '@xtm/data';
import { temporaryFolder, type TemporaryFolder } from '@xtm/data/testing';
import { gzipSync } from 'node:zlib';
import { checkDictionary } from './check-dictionary';
import type { DictionaryCheck } from './find-problems';

let place: TemporaryFolder;
beforeAll(async () => {
  place = await temporaryFolder();
});
afterAll(() => place.remove());

async function check(content: string | Uint8Array, languages: readonly [string, string] = ['en', 'ja'], corpus?: Corpus): Promise<DictionaryCheck> {
  return checkDictionary({ file: await place.write('dictionary.txt', content), languages, ...(corpus && { corpus }) });
}

const codes = ({ findings }: DictionaryCheck): string[] => findings.map(({ code }) => code);

/** Every word stands as often as it says. */
function language(code: string, counts: Readonly<Record<string, number>>): Corpus['languages'][number] {
  const vocabulary = Object.keys(counts);
  const rows = sparseRows({ rows: 1, columns: vocabulary.length, indptr: Int32Array.of(0, vocabulary.length), indices: Int32Array.from(vocabulary.keys()), values: Float32Array.from(Object.values(counts)) });
  return { language: { code, suffix: code }, vocabulary, train: { rows } };
}

const CORPUS: Corpus = { name: 'pets', languages: [language('en', { cat: 5, dogs: 4, bird: 1 }), language('ja', { ねこ: 4, 犬: 3, 鳥: 1 })] };
const GOOD = 'ねこ cat\n犬 dogs\nトリ fowl\n';

describe('without a corpus', () => {
  it('finds nothing wrong with a good list', async () => {
    expect(await check(GOOD)).toMatchObject({ lines: 3, pairs: 3, malformed: 0, repeated: 0, order: 'second first', findings: [], verdict: 'good' });
  });

  it('counts lines that are no pairs, are repeated, or are in another case or form', async () => {
    const result = await check(`${GOOD}ﾈｺ Cat\nねこ Cat\n黒い 猫 cat\nいぬ dog\nとり bird\nうま horse\nうし cow\nさる ape\nへび snake\n`);
    expect(result).toMatchObject({ pairs: 10, malformed: 1, repeated: 1, verdict: 'good' });
    expect(codes(result).sort()).toEqual(['case', 'form', 'malformed', 'repeated']);
  });

  it('tells the order of words by their scripts', async () => {
    const result = await check('cat ねこ\ndog いぬ\n');
    expect(result).toMatchObject({ order: 'first first', verdict: 'good' });
    expect(codes(result)).toEqual(['order']);
    expect((await check('cat katze\n', ['en', 'de'])).order).toBeUndefined();
  });

  it.each([
    ['of another pair of languages', 'кот ねこ\nсобака いぬ\n', ['en', 'ja'], 'unusable', 'script', 'Cyrillic'],
    ['Japanese in place of Chinese', 'ねこ cat\nいぬ dog\n', ['en', 'zh'], 'doubtful', 'writing', 'look Japanese'],
    ['Chinese in place of Japanese', Array.from({ length: 120 }, (_, i) => `狗${i} dog${i}`).join('\n'), ['en', 'ja'], 'doubtful', 'writing', 'look Chinese'],
    ['traditional in place of simplified', Array.from({ length: 30 }, (_, i) => `學校${'一二三四五六七八九十'[i % 10]}${i} school${i}`).join('\n'), ['en', 'zh-Hans'], 'doubtful', 'writing', 'traditional'],
    ['a table', 'ねこ,cat\nいぬ,dog\n', ['en', 'ja'], 'unusable', 'noPairs', 'No line'],
    ['mostly of several words', 'ねこ cat\nblack cat\t黒い 猫\nbig dog\t大きい 犬\n', ['en', 'ja'], 'unusable', 'malformed', '2 of 3 lines'],
    ['CC-CEDICT as it is', '貓 猫 [mao1] /cat/\n', ['en', 'zh'], 'unusable', 'format', 'CC-CEDICT'],
    ['garbled', 'Ã¼ber over\nschÃ¶n fine\n', ['en', 'de'], 'doubtful', 'garbled', '2 lines'],
  ] as const)('sees that it is %s', async (_what, content, languages, verdict, code, text) => {
    const result = await check(content, languages);
    expect(result.verdict).toBe(verdict);
    expect(result.findings[0]).toMatchObject({ code, message: expect.stringContaining(text) as string, advice: expect.any(String) as string });
  });

  it('guesses the encoding of what is no UTF-8', async () => {
    const cyrillic = Buffer.concat([Buffer.from([0xea, 0xee, 0xf2]), Buffer.from(' cat\n'), Buffer.from([0xe4, 0xee, 0xec]), Buffer.from(' house\n')]);
    expect((await check(cyrillic, ['en', 'ru'])).findings).toEqual([expect.objectContaining({ code: 'encoding', message: expect.stringContaining('WINDOWS-1251') as string, advice: expect.stringContaining('iconv -f WINDOWS-1251') as string })]);
    const edict = Buffer.concat([Buffer.from([0xa4, 0xcd, 0xa4, 0xb3]), Buffer.from(' /(n) cat/\n')]);
    expect(codes(await check(edict))).toEqual(['format']);
    expect(codes(await check(gzipSync(GOOD)))).toEqual(['packed']);
  });
});

describe('for a corpus', () => {
  it('says how many pairs are of both vocabularies, and what they reach', async () => {
    const { vocabularies, verdict } = await check(`${GOOD}鳥 Bird\n`, ['en', 'ja'], CORPUS);
    expect(vocabularies).toMatchObject({ pairs: 3, onlyNormalised: 1, coverage: [{ words: 3, runningShare: 1 }, { words: 3, runningShare: 1 }] });
    expect(verdict).toBe('good');
  });

  it('tells the order by the vocabularies, and what stems would add', async () => {
    const result = await check('cat ねこ\ndog 犬\n', ['en', 'ja'], CORPUS);
    expect(result).toMatchObject({ order: 'first first', vocabularies: { pairs: 1, coverage: [{ runningShare: 0.5 }, { runningShare: 0.5 }], withStems: { pairs: 2 } } });
    expect(result.findings.find(({ code }) => code === 'stems')!.message).toContain('90% in en');
  });

  it('says that it reaches too little, or nothing', async () => {
    const thin = await check('鳥 bird\n', ['en', 'ja'], CORPUS);
    expect(thin).toMatchObject({ verdict: 'doubtful', findings: expect.arrayContaining([expect.objectContaining({ code: 'thin', message: 'It reaches only 10% of the running words in en and 13% of the running words in ja.' })]) as unknown });
    expect(codes(await check('うま horse\n', ['en', 'ja'], CORPUS))).toContain('noMatch');
  });
});
