import { InvalidOptionError } from '@xtm/contracts';
import { parseLanguagePair, scriptShare, simplifiedShare } from './languages';
import { parsePairLines } from './word-files';
import { WordCollector } from './word-list';

describe('WordCollector', () => {
  function collect(languages: readonly [string, string], first: string, second: string) {
    const collector = new WordCollector(languages, { glosses: true });
    collector.add([first], [second]);
    return { words: collector.build().translations.map(({ second: word }) => word), leftOut: collector.leftOut };
  }

  it.each([
    ['en', 'to kill; to murder', ['kill', 'murder']],
    ['en', 'a (large) house [arch.] {fig.} <n>', ['house']],
    ['en', 'to be tired', ['tired']],
    ['en', "Person(s)", ['person']],
    ['en', 'nested (very (much) so) word', []],
    ['de', 'sich Waschen', ['waschen']],
    ['de', '(das) Haus; der Baum', ['haus', 'baum']],
    ['fr', "l'Eau", ['eau']],
    ['it', 'un’amica', ['amica']],
    ['ja', 'ＡＢＣ（略）', ['abc']],
    ['en', 'not only ... but', []],
    ['en', '(particle)', []],
  ])('makes of the %s gloss "%s" %j', (code, gloss, expected) => {
    expect(collect(['zh', code], '词', gloss).words).toEqual(expected);
  });

  it('counts what it leaves out', () => {
    const collector = new WordCollector(['en', 'ja'], { glosses: true, sameScript: true });
    collector.add(['house', 'big house'], ['家', 'country', '(接尾)']);
    collector.add(['House'], ['家']);
    expect(collector.build().translations).toEqual([{ first: 'house', second: '家' }]);
    expect(collector.leftOut).toEqual({ severalWords: 1, empty: 1, otherScript: 1, repeated: 1 });
  });

  it('takes words of lists as they stand but for case and form', () => {
    const collector = new WordCollector(['tr', 'en']);
    collector.add(['IŞIK'], ['Light']);
    expect(collector.build().translations).toEqual([{ first: 'ışık', second: 'light' }]);
  });
});

describe('parseLanguagePair', () => {
  const known = (code: string) => ['en', 'zh', 'pt', 'ja'].includes(code.split('-')[0]!);

  it.each([
    ['en-ja', ['en', 'ja']],
    ['zh-Hans-en', ['zh-Hans', 'en']],
    ['en-zh-Hant', ['en', 'zh-Hant']],
    ['pt-BR-en', ['pt-BR', 'en']],
    ['en,cn', ['en', 'zh']],
    ['EN_jpn', ['en', 'ja']],
  ])('reads %s', (text, pair) => {
    expect(parseLanguagePair(text, known)).toEqual(pair);
  });

  it.each(['en', 'en-', 'en,ja,de', 'en,en', '日本-en'])('refuses %s', (text) => {
    expect(() => parseLanguagePair(text)).toThrow(InvalidOptionError);
  });
});

it('parsePairLines parts sides by tabs where there are any, and counts what is no pair', () => {
  const { lines, pairs, places, malformed } = parsePairLines(['猫 cat', '', '犬\tdog', '黒い 猫\tblack cat', 'word', 'a b c']);
  expect({ lines, pairs, places, malformed }).toEqual({ lines: 5, pairs: [['猫', 'cat'], ['犬', 'dog']], places: [1, 3], malformed: 3 });
});

it('scripts tell languages and the two ways to write Chinese', () => {
  expect(scriptShare(['кот', 'cat', 'собака', 'дом'], 'ru')).toBe(0.75);
  expect(scriptShare(['ねこ', '猫', 'cat'], 'ja')).toBeCloseTo(2 / 3);
  expect(simplifiedShare(Array.from({ length: 30 }, (_, i) => (i < 3 ? '學校' : '学校')))).toBeCloseTo(0.9);
  expect(simplifiedShare(['学校'])).toBeUndefined();
});
