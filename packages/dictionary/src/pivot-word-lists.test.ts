import { EmptyCorpusError, InvalidOptionError } from '@xtm/contracts';
import { parsePairLines } from './lists/word-files';
import { type PivotOptions, pivotWordLists } from './pivot-word-lists';

const LANGUAGES = { outer: ['ja', 'zh-Hans'], middle: 'en' } as const;
const JA = parsePairLines([
  '猫 cat',
  '犬 dog',
  '銀行 bank',
  '土手 bank',
  '川 river',
  '雨 rain',
  '机 desk',
  'つくえ desk',
  '机 table',
]);
const ZH = parsePairLines([
  'Cat 猫',
  'dog 狗',
  'bank 银行',
  'bank 岸',
  'river 河',
  'rain 雨',
  'desk 桌子',
  'table 桌子',
  'sun 太阳',
]);

function pivot(options: PivotOptions = {}, files = [JA, ZH] as const) {
  const { list, ...counts } = pivotWordLists(files, LANGUAGES, options);
  return {
    counts,
    languages: list.languages,
    pairs: list.translations.map(({ first, second }) => `${first}=${second}`),
  };
}

const reversed = (file: typeof JA): typeof JA => ({
  ...file,
  pairs: file.pairs.map(([left, right]) => [right, left] as const),
});

describe('pivotWordLists', () => {
  it('puts pairs with several ways and plain words first, and leaves unsure ones out', () => {
    const { pairs, counts, languages } = pivot({ minScore: 0.6 });
    expect(languages).toEqual(['ja', 'zh-Hans']);
    expect(pairs[0]).toBe('机=桌子');
    expect(pairs).toEqual(expect.arrayContaining(['猫=猫', '犬=狗', '川=河', '雨=雨']));
    expect(pairs.some((pair) => pair.startsWith('銀行'))).toBe(false);
    expect(counts).toEqual({ sharedWords: 7, candidates: 10, belowMinimum: 5, aboveMaximum: 0 });
  });

  it('keeps the surest translation of a word with two ways whatever the score, and no more than asked for', () => {
    expect(pivot({ minScore: 9 }).pairs).toEqual(['机=桌子']);
    const { pairs, counts } = pivot({ minScore: 0, maxTranslations: 1 });
    expect(pairs.filter((pair) => pair.startsWith('銀行'))).toHaveLength(1);
    expect(pairs.filter((pair) => pair.endsWith('桌子'))).toEqual(['机=桌子']);
    expect(counts.aboveMaximum).toBe(3);
  });

  it.each([
    ['columns', [reversed(JA), ZH]],
    ['columns of both', [reversed(JA), reversed(ZH)]],
    ['files', [ZH, JA]],
    ['files and columns', [reversed(ZH), JA]],
  ] as const)('finds out by itself when %s are the other way round', (_what, files) => {
    expect(pivot({}, files).pairs.sort()).toEqual(pivot().pairs.sort());
  });

  it('asks where it cannot tell, and believes what it is told', () => {
    const names = parsePairLines(['anna anna', 'paris paris']);
    expect(() => pivot({}, [names, names])).toThrow(
      expect.objectContaining({
        option: 'columns',
        advice: expect.stringContaining('`columns` ja,en `columns` en,zh-Hans') as string,
      }) as Error,
    );
    expect(
      pivot(
        {
          columns: [
            ['en', 'ja'],
            ['zh-Hans', 'en'],
          ],
        },
        [names, names],
      ).pairs,
    ).toEqual(['anna=anna', 'paris=paris']);
    expect(() => pivot({ columns: [['en', 'ja']] })).toThrow(InvalidOptionError);
    expect(() => pivot({ columns: [['en', 'ja'], ['en', 'fr']] })).toThrow(InvalidOptionError);
    expect(() => pivot({}, [JA, parsePairLines(['кот 猫'])])).toThrow('none of them is en in both');
  });

  it('says that nothing is left', () => {
    const unsure = [parsePairLines(['川 bank', '山 bank']), parsePairLines(['bank 银行', 'bank 岸'])] as const;
    expect(() => pivot({ minScore: 2 }, unsure)).toThrow(EmptyCorpusError);
  });
});
