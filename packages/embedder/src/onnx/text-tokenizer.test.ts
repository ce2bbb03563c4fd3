import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFormatError, MissingFileError } from '@xtm/contracts';
import encodings from '../testing/tokenizer/encodings.json';
import tokenizerJson from '../testing/tokenizer/tokenizer.json';
import { PrecompiledCharsmap, TextTokenizer } from './text-tokenizer';

describe('TextTokenizer', () => {
  const tokenizer = TextTokenizer.parse(tokenizerJson);

  // The ids are those of SentencePiece (PyPI) for the model that tokenizer.json was converted from.
  it.each(encodings.map(({ text, ids }) => [JSON.stringify(text).slice(0, 60), text, ids] as const))('splits %s as SentencePiece does', (_name, text, ids) => {
    expect([...tokenizer.opening, ...tokenizer.encode(text), ...tokenizer.closing]).toEqual(ids);
  });

  it('splits texts of any length as their parts', () => {
    const sentence = 'Ｔｈｅ price of a camera 今天天气 rose.';
    const ids = tokenizer.encode(sentence);
    expect(tokenizer.encode(`${sentence} `.repeat(2_000))).toEqual(Array.from({ length: 2_000 }, () => ids).flat());
  });

  it('survives a word of two hundred thousand letters', () => {
    expect(tokenizer.encode('camera'.repeat(34_000)).length).toBeGreaterThan(34_000);
  }, 60_000);

  it('reads normalisers that have steps after the precompiled rules', () => {
    const spaces = { type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' };
    const sequence = TextTokenizer.parse({ ...tokenizerJson, normalizer: { type: 'Sequence', normalizers: [tokenizerJson.normalizer, spaces] } });
    for (const { text, ids } of encodings) expect([0, ...sequence.encode(text), 2]).toEqual(ids);
  });

  it('does without precompiled rules', () => {
    const lower = TextTokenizer.parse({ ...tokenizerJson, normalizer: { type: 'Lowercase' } });
    expect(lower.encode('CAMERA')).toEqual(tokenizer.encode('camera'));
  });

  it('names the file that is missing or no tokenizer', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'xtm-tokenizer-'));
    const file = join(folder, 'tokenizer.json');
    await expect(TextTokenizer.read(file)).rejects.toMatchObject({ constructor: MissingFileError, file });
    for (const content of ['{', '[]', '{"model": {"type": "Unheard"}}']) {
      await writeFile(file, content);
      await expect(TextTokenizer.read(file)).rejects.toMatchObject({ constructor: DataFormatError, place: { file } });
    }
    await rm(folder, { recursive: true });
  });
});

describe('PrecompiledCharsmap', () => {
  const charsmap = new PrecompiledCharsmap(tokenizerJson.normalizer.precompiled_charsmap);

  it.each([
    ['ﬁｆｔｙ ½', 'fifty 1⁄2'],
    ['a\tb\u0001c\u0007', 'a bc'],
    ['cafe\u0301', 'café'],
    ['が', 'が'],
    ['👨‍👩', '👨\u200d👩'],
    ['𝒜Ω', 'AΩ'],
    ['', ''],
  ])('normalises %j', (text, normalised) => {
    expect(charsmap.normalise(text)).toBe(normalised.normalize('NFC'));
  });

  it('differs from NFKC in what SentencePiece removes or turns into spaces', () => {
    const differing = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code)).filter((text) => charsmap.normalise(text) !== text.normalize('NFKC'));
    expect(differing).toEqual(expect.arrayContaining(['\t', '\n', '\u0001', '\u200b']));
    expect(differing.length).toBeLessThan(100);
  });

  it('leaves everything as it is without rules', () => {
    expect(new PrecompiledCharsmap('').normalise('ﬁ 今')).toBe('ﬁ 今');
  });
});
