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

  it('refuses a dictionary without a usable pair', async () => {
    const file = await folder.write('swapped.txt', 'cat 猫\n');
    await expect(readDictionary(file, VOCABULARIES)).rejects.toThrow(EmptyCorpusError);
  });

  it('names the line of invalid UTF-8, and a missing file', async () => {
    const file = await folder.write('latin1.txt', Uint8Array.of(0x61, 0x0a, 0xe9, 0x20, 0x62, 0x0a));
    await expect(readDictionary(file, VOCABULARIES)).rejects.toMatchObject({ constructor: DataFormatError, place: { file, line: 2 } });
    await expect(readDictionary(`${file}.none`, VOCABULARIES)).rejects.toThrow(MissingFileError);
  });
});
