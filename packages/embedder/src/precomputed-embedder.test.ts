import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFormatError, InvalidOptionError, MissingFileError } from '@xtm/contracts';
import { writeNpy } from '@xtm/data';
import { syntheticCorpus } from '@xtm/data/testing';
import { SeededGenerator } from '@xtm/numeric';
import { PrecomputedEmbedder } from './precomputed-embedder';

const corpus = syntheticCorpus({
  generator: new SeededGenerator(1),
  numTopics: 2,
  wordsPerTopic: 2,
  trainDocuments: [5, 6],
  testDocuments: 3,
});
const [english, chinese] = corpus.languages;

describe('PrecomputedEmbedder', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xtm-precomputed-'));
    await write('word_embeddings_en.npy', 4, 2, (i) => i + 1);
    await write('word_embeddings_cn.npy', 4, 2, (i) => -i);
    await write('doc_embeddings_en_test.npy', 3, 2, (i) => i / 8);
    for (let part = 0; part < 11; part++)
      await write(`doc_embeddings_cn_train.part${part}.npy`, part < 10 ? 0 : 6, 2, (i) => i);
    await write('doc_embeddings_en_train.part0.npy', 2, 2, (i) => i);
    await write('doc_embeddings_en_train.part1.npy', 3, 2, (i) => 4 + i);
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  function write(name: string, rows: number, columns: number, value: (index: number) => number): Promise<void> {
    return writeFile(
      join(folder, name),
      writeNpy(
        Float64Array.from({ length: rows * columns }, (_, i) => value(i)),
        [rows, columns],
      ),
    );
  }

  async function fitted(): Promise<PrecomputedEmbedder> {
    const embedder = new PrecomputedEmbedder(folder);
    await embedder.fit(corpus);
    return embedder;
  }

  it('gives each split its file, parts joined in the order of their numbers', async () => {
    const embedder = await fitted();
    expect(embedder.dimensions).toBe(2);
    expect(Array.from((await embedder.embedDocuments({ languageIndex: 0, rows: english!.train.rows })).data)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    expect(await embedder.embedDocuments({ languageIndex: 0, texts: ['a', 'b', 'c'] })).toMatchObject({
      rows: 3,
      data: Float32Array.from([0, 1, 2, 3, 4, 5], (i) => i / 8),
    });
    expect((await embedder.embedDocuments({ languageIndex: 1, rows: chinese!.train.rows })).rows).toBe(6);
  });

  it('finds words by the vocabulary, unknown ones at zero, and texts as the mean of their words in unit length', async () => {
    const embedder = await fitted();
    const [first, , third] = english!.vocabulary;
    expect(Array.from((await embedder.embedWords([third!, 'unknown', first!], 0)).data)).toEqual([5, 6, 0, 0, 1, 2]);
    const { data } = await embedder.embedTexts([`${first} unknown ${chinese!.vocabulary[1]}`, 'unknown']);
    const expected = [1 / Math.sqrt(5) - 2 / Math.sqrt(13), 2 / Math.sqrt(5) - 3 / Math.sqrt(13)];
    const norm = Math.hypot(...expected);
    [expected[0]! / norm, expected[1]! / norm, 0, 0].forEach((value, i) => expect(data[i]).toBeCloseTo(value, 6));
  });

  it('names what is missing or does not fit', async () => {
    const embedder = await fitted();
    await expect(embedder.embedDocuments({ languageIndex: 1, texts: ['a', 'b', 'c'] })).rejects.toMatchObject({
      constructor: MissingFileError,
      file: join(folder, 'doc_embeddings_cn_test.npy'),
    });
    await rm(join(folder, 'doc_embeddings_cn_train.part3.npy'));
    await expect(embedder.embedDocuments({ languageIndex: 1, rows: chinese!.train.rows })).rejects.toThrow(
      'part3.npy',
    );
    await write('doc_embeddings_en_test.npy', 4, 2, () => 0);
    await expect(embedder.embedDocuments({ languageIndex: 0, rows: english!.test!.rows })).rejects.toThrow(
      'has 4 rows, the corpus 3',
    );
    await write('word_embeddings_cn.npy', 4, 3, () => 0);
    await expect(embedder.embedWords(['x'], 1)).rejects.toBeInstanceOf(DataFormatError);
  });

  it('refuses documents that are not the corpus\'s, and questions before fitting', async () => {
    const embedder = await fitted();
    expect(() => embedder.embedDocuments({ languageIndex: 0, texts: ['new'] })).toThrow(InvalidOptionError);
    await expect(new PrecomputedEmbedder(folder).embedWords(['x'], 0)).rejects.toThrow('before fitting');
  });
});
