import { DataFormatError, EmptyCorpusError, MissingFileError } from '@xtm/contracts';
import { temporaryFolder, type TemporaryFolder } from '../testing';
import { readDictionary } from './read-dictionary';

const VOCABULARIES = [['cat', 'dog', 'cats'], ['猫', '狗', '鱼']] as const;

describe('readDictionary', () => {
  let folder: TemporaryFolder;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder.remove());

  it('keeps each usable pair once, ordered, and counts what it skips', async () => {
    const file = await folder.write('dictionary.txt', '狗 dog\n猫\tcat\n猫 cat\n猫 big cat\n鸟 bird\n鱼\n猫 dog\n');
    const { pairs, report } = await readDictionary(file, VOCABULARIES);
    expect([...pairs.first]).toEqual([0, 1, 1]);
    expect([...pairs.second]).toEqual([0, 0, 1]);
    expect(report).toEqual({ lines: 7, malformed: 2, outside: 1, repeated: 1, pairs: 3, words: [2, 2] });
  });

  it.each(['猫 cat\n', '猫 cats\n', '猫 catting\n'])('matches words of the same stem where asked: %j', async (lines) => {
    const file = await folder.write('stems.txt', lines);
    const { pairs } = await readDictionary(file, VOCABULARIES, { stems: [(word) => word.replace(/s$|ting$/, ''), undefined] });
    expect([...pairs.first]).toEqual([0, 2]);
  });

  it.each<[string, string, number, boolean]>([
    ['all lines', 'cat 猫\n', 1, true],
    ['5 lines against 1', 'a x\nb y\nc z\na y\nb z\nz c\n', 5, true],
    ['4 lines against 1', 'a x\nb y\nc z\na y\nz c\n', 1, false],
    ['one line besides loan words', 'hotel hotel\nfilm film\ntaxi taxi\na x\n', 4, true],
    ['no line but loan words', 'hotel hotel\nfilm film\n', 2, false],
  ])('reads a file the other way round where %s say so', async (_, lines, count, reversed) => {
    const file = await folder.write('order.txt', lines);
    const { report } = await readDictionary(file, [['cat', 'a', 'b', 'c', 'hotel', 'film', 'taxi'], ['猫', 'x', 'y', 'z', 'hotel', 'film', 'taxi']]);
    expect([report.pairs, report.reversed === true]).toEqual([count, reversed]);
  });

  it('keeps the pairs in the languages\' order when it reads the other way round', async () => {
    const file = await folder.write('swapped.txt', 'dog 狗\ncat 猫\n');
    const { pairs } = await readDictionary(file, VOCABULARIES);
    expect([[...pairs.first], [...pairs.second]]).toEqual([[0, 1], [0, 1]]);
  });

  it('looks words up as they stand, else as a tokenizer writes them', async () => {
    const vocabularies = [['house', 'café', 'pc', 'PC', 'dog'], ['haus', 'große', 'Ｘ', 'ısparta']] as const;
    const lines = ['Haus House', 'GROSSE pc', 'Gro\u00dfe Cafe\u0301', 'Ｘ PC', '#haus dog\u2019s', 'ISPARTA Dog'];
    const file = await folder.write('forms.txt', lines.join('\n'));
    const { pairs } = await readDictionary(file, vocabularies, { codes: ['en', 'tr'] });
    const found = Array.from(pairs.first, (first, pair) => [vocabularies[0][first], vocabularies[1][pairs.second[pair]!]]);
    expect(found).toEqual([['house', 'haus'], ['café', 'große'], ['PC', 'Ｘ'], ['dog', 'haus'], ['dog', 'ısparta']]);
  });

  it('refuses a dictionary without a usable pair', async () => {
    const file = await folder.write('none.txt', 'bird 鸟\n');
    await expect(readDictionary(file, VOCABULARIES)).rejects.toThrow(EmptyCorpusError);
  });

  it('names the line of invalid UTF-8, and a missing file', async () => {
    const file = await folder.write('latin1.txt', Uint8Array.of(0x61, 0x0a, 0xe9, 0x20, 0x62, 0x0a));
    await expect(readDictionary(file, VOCABULARIES)).rejects.toMatchObject({ constructor: DataFormatError, place: { file, line: 2 } });
    await expect(readDictionary(`${file}.none`, VOCABULARIES)).rejects.toThrow(MissingFileError);
  });
});
