import { InvalidOptionError } from '@xtm/contracts';
import { findLanguage, parseLanguages } from './languages';

describe('parseLanguages', () => {
  it('reads codes, suffixes and aliases', () => {
    expect(parseLanguages('en,zh-Hans:cn')).toEqual([{ code: 'en', suffix: 'en' }, { code: 'zh-Hans', suffix: 'cn' }]);
    expect(parseLanguages('EN , cn,jp')).toEqual([
      { code: 'en', suffix: 'EN' },
      { code: 'zh', suffix: 'cn' },
      { code: 'ja', suffix: 'jp' },
    ]);
  });

  it.each(['en', '', 'en,', 'en,zh:', 'en,zh:cn:x', 'en,english language', 'en,fr:en', 'en,zh:../x'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseLanguages(text)).toThrow(
        expect.objectContaining({ constructor: InvalidOptionError, option: 'languages' }),
      );
    },
  );
});

describe('findLanguage', () => {
  const languages = [{ code: 'en', suffix: 'en' }, { code: 'zh-Hans', suffix: 'cn' }];

  it.each([
    ['cn', 1],
    ['zh-Hans', 1],
    ['zh', 1],
    ['zh_TW', 1],
    ['ZH', 1],
    ['en-GB', 0],
    ['ja', -1],
  ])('finds %s', (name, index) => {
    expect(findLanguage(languages, name)).toBe(index);
  });
});
