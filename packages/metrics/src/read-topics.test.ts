import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataFormatError, MissingFileError } from '@xtm/contracts';
import { writeNpz } from '@xtm/data';
import { readTopics, readTopicWords } from './read-topics';
import { temporaryFolder } from './testing/temporary-folder';

/** Bytes of a .npy file with words, as NumPy writes an array of fixed-width strings. */
function unicodeNpy(rows: string[][]): Uint8Array {
  const width = Math.max(...rows.flat().map((word) => [...word].length));
  const header =
    `{'descr': '<U${width}', 'fortran_order': False, 'shape': (${rows.length}, ${rows[0]!.length}), }`.padEnd(117) +
    '\n';
  const codes = rows
    .flat()
    .flatMap((word) => Array.from({ length: width }, (_, i) => [...word][i]?.codePointAt(0) ?? 0));
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    Buffer.from([118, 0]),
    Buffer.from(header),
    Buffer.from(Uint32Array.from(codes).buffer),
  ]);
}

describe('readTopicWords', () => {
  const topics = [['film', 'actor'], ['手机', '充电器']];

  it.each([
    ['a topic a line', 'T15_en.txt', 'film actor\n手机  充电器\r\n\n'],
    ['a list in JSON', 'topics.json', JSON.stringify(topics)],
    ['OCTIS output in JSON', 'output.json', JSON.stringify({ topics, 'topic-word-matrix': [[0.5]] })],
  ])('reads %s', async (_, name, text) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, name);
    await writeFile(file, text);
    expect(await readTopicWords(file)).toEqual(topics);
  });

  it('reads OCTIS output in .npz', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'output.npz');
    await writeFile(file, writeNpz({ topics: unicodeNpy(topics) }));
    expect(await readTopicWords(file)).toEqual(topics);
  });

  it.each([
    ['a topic without words', 'topics.txt', 'film\n\nphone\n'],
    ['nothing', 'topics.txt', ''],
    ['other JSON', 'topics.json', '{"words": []}'],
    ['no JSON', 'topics.json', 'film actor'],
    ['no archive', 'topics.npz', 'film actor'],
  ])('refuses %s', async (_, name, text) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, name);
    await writeFile(file, text);
    await expect(readTopicWords(file)).rejects.toBeInstanceOf(DataFormatError);
  });

  it('says which file is missing', async () => {
    await expect(readTopicWords('no/such/file')).rejects.toBeInstanceOf(MissingFileError);
  });
});

describe('readTopics', () => {
  it('pairs the topics of the languages by their order, and refuses different numbers', async () => {
    await using folder = await temporaryFolder();
    const files = ['en.txt', 'cn.txt', 'short.txt'].map((name) => join(folder.path, name));
    await writeFile(files[0]!, 'film\nphone\n');
    await writeFile(files[1]!, '电影\n手机\n');
    await writeFile(files[2]!, 'film\n');
    expect(await readTopics(files.slice(0, 2))).toEqual([
      { index: 0, words: [['film'], ['电影']] },
      { index: 1, words: [['phone'], ['手机']] },
    ]);
    await expect(readTopics(files)).rejects.toThrow('2, 2, 1 topics');
  });
});
