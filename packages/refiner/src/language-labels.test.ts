import { labelOf, languageAliases, languageName } from './language-labels';

const english = { code: 'en', suffix: 'en' };

describe('languages in prompts and replies', () => {
  it('have their suffix as label and an English name', () => {
    expect([labelOf({ code: 'zh-Hans', suffix: 'cn' }), languageName({ code: 'zh-Hans', suffix: 'cn' })]).toEqual([
      'CN',
      'Simplified Chinese',
    ]);
    expect(languageName({ code: 'ja', suffix: 'ja' })).toBe('Japanese');
    expect(languageName({ code: 'qaa', suffix: 'q' })).toBe('qaa');
  });

  it('are known by codes, countries and names in several languages', () => {
    const aliases = languageAliases([english, { code: 'zh-Hans', suffix: 'cn' }]);
    for (const alias of ['cn', 'zh', 'zho', 'chinese', 'simplified chinese', '中文', 'zh-hans'])
      expect([alias, aliases.get(alias)]).toEqual([alias, 1]);
    for (const alias of ['en', 'eng', 'english', '英文', '英語']) expect([alias, aliases.get(alias)]).toEqual([alias, 0]);
  });

  it('are not known by names that fit both', () => {
    const aliases = languageAliases([{ code: 'zh-Hans', suffix: 'hans' }, { code: 'zh-Hant', suffix: 'hant' }]);
    expect(aliases.get('chinese')).toBeUndefined();
    expect([aliases.get('hans'), aliases.get('hant')]).toEqual([0, 1]);
  });

  it('are known by a label that would be another language\'s name', () => {
    expect(languageAliases([english, { code: 'de', suffix: 'en-gb' }]).get('en-gb')).toBe(1);
    expect(languageAliases([{ code: 'fr', suffix: 'cn' }, { code: 'zh', suffix: 'zh' }]).get('cn')).toBe(0);
  });
});
