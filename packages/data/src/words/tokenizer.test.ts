import { InvalidOptionError } from '@xtm/contracts';
import fc from 'fast-check';
import { createTokenizer, type TokenizerOptions } from './tokenizer';

async function words(code: string, text: string, options: TokenizerOptions = {}): Promise<string[]> {
  return (await createTokenizer(code, options)).words(text);
}

describe('createTokenizer', () => {
  it('cuts English: lower case, no punctuation, no numbers, no final ’s', async () => {
    expect(await words('en', 'The dog’s state-of-the-art collar can\'t cost $3.50, "really"! 2019?')).toEqual([
      'the', 'dog', 'state', 'of', 'the', 'art', 'collar', "can't", 'cost', 'really',
    ]);
  });

  it('keeps numbers, case and short words where asked', async () => {
    expect(await words('en', 'Plan B in 2019', { numbers: true, lowerCase: false, minWordLength: 1 })).toEqual(['Plan', 'B', 'in', '2019']);
  });

  it('cuts Chinese by jieba, single characters too, full-width letters made plain', async () => {
    const tokenizer = await createTokenizer('zh-Hans');
    expect(tokenizer.segmenter).toBe('jieba');
    expect(tokenizer.words('南京市长江大桥上有一只猫，ＡＢＣ！')).toEqual(['南京市', '长江大桥', '上', '有', '一只', '猫', 'abc']);
  });

  it('cuts Japanese by lindera', async () => {
    const tokenizer = await createTokenizer('ja');
    expect(tokenizer.segmenter).toBe('lindera');
    expect(tokenizer.words('関西国際空港で買いました。')).toEqual(['関西国際空港', '買い', 'まし']);
  });

  it('cuts Chinese, Thai and German by Intl.Segmenter', async () => {
    expect(await words('zh', '我喜欢猫', { segmenter: 'intl' })).toEqual(['我', '喜欢', '猫']);
    expect((await words('th', 'ฉันรักแมว')).length).toBeGreaterThan(1);
    expect(await words('de', 'Über Größe läßt sich streiten.')).toEqual(['über', 'größe', 'läßt', 'sich', 'streiten']);
  });

  it('lower-cases by the language', async () => {
    expect(await words('tr', 'ISPARTA')).toEqual(['ısparta']);
  });

  it('leaves texts that are cut already as they are', async () => {
    expect(await words('zh', '一起 拍戏  觉得', { segmenter: 'whitespace' })).toEqual(['一起', '拍戏', '觉得']);
  });

  it('gives words with a letter, without outer punctuation, for any text', async () => {
    const tokenizer = await createTokenizer('en');
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      for (const word of tokenizer.words(text)) expect(word).toMatch(/^[\p{L}\p{N}].*[\p{L}\p{M}\p{N}]$|^\p{Script=Han}$/u);
    }), { seed: 1 });
  });

  it.each([{ segmenter: 'mecab' }, { minWordLength: 0 }, { stem: true }])('refuses %j', async (options) => {
    await expect(createTokenizer('en', options as TokenizerOptions)).rejects.toThrow(InvalidOptionError);
  });
});
