import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DataFormatError, EmptyCorpusError, InvalidOptionError, MissingFileError } from '@xtm/contracts';
import { writeNpy } from '../npy/npy';
import { writeSparseMatrix } from '../npy/sparse-matrix-file';
import { sparseRowsFromMaps } from '@xtm/numeric';
import { temporaryFolder, type TemporaryFolder } from '../testing';
import { loadDataset } from './load-dataset';

const bags = (...rows: [number, number][][]) => writeSparseMatrix(sparseRowsFromMaps(rows.map((row) => new Map(row)), 2));

/** A benchmark folder with two English and three Chinese training documents, the second of each empty. */
async function writeBenchmark(folder: TemporaryFolder): Promise<void> {
  await folder.write('vocab_en', 'cat\ndog\n');
  await folder.write('vocab_cn', '猫\n狗\n');
  await folder.write('train_bow_matrix_en.npz', bags([[0, 2]], []));
  await folder.write('train_bow_matrix_cn.npz', bags([[1, 1]], [], [[0, 1], [1, 3]]));
  await folder.write('test_bow_matrix_en.npz', bags([[1, 1]]));
  await folder.write('train_labels_en.txt', '0\n1\n');
  await folder.write('test_labels_en.txt', '1\n');
  await folder.write('train_texts_en.txt', 'cat cat\n\n');
}

describe('loadDataset', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await temporaryFolder();
    await writeBenchmark(folder);
  });
  afterEach(() => folder.remove());

  it('reads a folder without a descriptor, English first', async () => {
    const { corpus, warnings, preprocessing } = await loadDataset(folder.path);
    const [english, chinese] = corpus.languages;
    expect(english).toMatchObject({ language: { code: 'en', suffix: 'en' }, vocabulary: ['cat', 'dog'], train: { labels: ['0', '1'] }, test: { labels: ['1'] } });
    expect(chinese).toMatchObject({ language: { code: 'zh', suffix: 'cn' }, vocabulary: ['猫', '狗'] });
    expect([...chinese!.train.rows.values]).toEqual([1, 1, 3]);
    expect([chinese!.test, chinese!.train.labels, english!.train.texts]).toEqual([undefined, undefined, undefined]);
    expect(warnings.map(({ kind, count, places }) => ({ kind, count, places }))).toEqual([
      { kind: 'emptyDocuments', count: 1, places: ['train:2'] }, { kind: 'emptyDocuments', count: 1, places: ['train:2'] },
    ]);
    expect(preprocessing.languages).toMatchObject([{ segmenter: 'auto', stopWords: [] }, { segmenter: 'auto' }]);
  });

  it('follows dataset.json', async () => {
    await folder.write('pairs.txt', '猫 cat\n');
    const languages = [{ code: 'zh-Hans', suffix: 'cn' }, { code: 'en' }];
    await folder.write('dataset.json', JSON.stringify({ name: 'tiny', languages, labels: { 1: 'good' }, segmenter: 'whitespace' }));
    const { corpus, preprocessing } = await loadDataset(folder.path, { texts: true });
    expect(corpus.name).toBe('tiny');
    expect(corpus.languages.map(({ language }) => language.suffix)).toEqual(['cn', 'en']);
    expect(corpus.languages[1]!.train).toMatchObject({ labels: ['0', 'good'], texts: ['cat cat', ''] });
    expect(preprocessing.languages[0]!.segmenter).toBe('whitespace');
  });

  it('finds cn where zh is asked for, and takes a dictionary', async () => {
    const dictionary = await folder.write('pairs.txt', '猫 cat\n');
    const languages = [{ code: 'en', suffix: 'en' }, { code: 'zh', suffix: 'zh' }];
    const loaded = await loadDataset(folder.path, { languages, dictionary });
    expect(loaded.corpus.languages[1]!.language).toEqual({ code: 'zh', suffix: 'cn' });
    expect(loaded.corpus.dictionary).toEqual({ languages: [0, 1], first: Int32Array.of(0), second: Int32Array.of(0) });
    expect(loaded.dictionary).toMatchObject({ lines: 1, pairs: 1 });
  });

  it('reads word vectors, clusters, ids and metadata', async () => {
    await folder.write('word2vec_en.npz', bags([[1, -3]], [[0, 2]]));
    await folder.write('cluster_labels_en_cosine.npy', writeNpy(BigInt64Array.of(4n, 0n), [2]));
    await folder.write('train_documents_en.jsonl', '{"id":"a","metadata":{"date":"2024"}}\n{"id":"b"}\n');
    const english = (await loadDataset(folder.path)).corpus.languages[0]!;
    expect([...english.wordVectors!.data]).toEqual([0, -3, 2, 0]);
    expect(english.clusters).toEqual(Int32Array.of(4, 0));
    expect(english.train).toMatchObject({ ids: ['a', 'b'], metadata: [{ date: '2024' }, {}] });
  });

  it.each<[string, string, string | Uint8Array, object]>([
    ['a vocabulary of another length', 'vocab_en', 'cat\n', { file: 'train_bow_matrix_en.npz', field: 'shape' }],
    ['a repeated word', 'vocab_en', 'cat\ncat\n', { file: 'vocab_en', line: 2 }],
    ['an empty word', 'vocab_en', 'cat\n\ndog\n', { file: 'vocab_en', line: 2 }],
    ['negative counts', 'train_bow_matrix_cn.npz', bags([], [[0, 1]], [[1, -2]]), { file: 'train_bow_matrix_cn.npz', field: 'data' }],
    ['an npz that is no zip', 'train_bow_matrix_en.npz', 'text', { file: 'train_bow_matrix_en.npz' }],
    ['labels of another length', 'train_labels_en.txt', '1\n', { file: 'train_labels_en.txt' }],
    ['clusters of another length', 'cluster_labels_en.npy', writeNpy(Int32Array.of(1), [1]), { file: 'cluster_labels_en.npy' }],
    ['negative clusters', 'cluster_labels_en.npy', writeNpy(Int32Array.of(1, -1), [2]), { file: 'cluster_labels_en.npy' }],
    ['word vectors of another length', 'word2vec_en.npz', bags([]), { file: 'word2vec_en.npz' }],
    ['a broken line of ids', 'train_documents_en.jsonl', '{"id":"a"}\n{"id"\n', { file: 'train_documents_en.jsonl', line: 2 }],
    ['an id that is no text', 'train_documents_en.jsonl', '{"id":"a"}\n{"id":2}\n', { file: 'train_documents_en.jsonl', line: 2, field: 'id' }],
    ['an unknown key', 'dataset.json', '{"nmae":"x"}', { file: 'dataset.json', field: 'nmae' }],
    ['a value of the wrong type', 'dataset.json', '{"languages":[{"code":"en"},{"code":1}]}', { file: 'dataset.json', field: 'languages.1.code' }],
    ['broken JSON', 'dataset.json', '{', { file: 'dataset.json' }],
  ])('names the place of %s', async (_, name, content, place) => {
    await folder.write(name, content);
    const expected = { ...place, file: join(folder.path, (place as { file: string }).file) };
    await expect(loadDataset(folder.path)).rejects.toMatchObject({ constructor: DataFormatError, place: expected });
  });

  it('counts the document of a negative count from 1', async () => {
    await folder.write('train_bow_matrix_cn.npz', bags([], [[0, 1]], [[1, -2]]));
    await expect(loadDataset(folder.path)).rejects.toThrow('document 3 has the negative count -2');
  });

  it.each(['vocab_cn', 'train_bow_matrix_cn.npz'])('asks for a missing %s', async (name) => {
    const languages = [{ code: 'en', suffix: 'en' }, { code: 'zh', suffix: 'cn' }];
    await rm(join(folder.path, name));
    await expect(loadDataset(folder.path, { languages })).rejects.toMatchObject({ constructor: MissingFileError, file: join(folder.path, name) });
  });

  it('refuses a language without documents, and an empty vocabulary', async () => {
    await folder.write('train_bow_matrix_cn.npz', bags());
    await expect(loadDataset(folder.path)).rejects.toMatchObject({ constructor: EmptyCorpusError, language: 'zh' });
    await folder.write('vocab_en', '');
    await expect(loadDataset(folder.path)).rejects.toThrow(EmptyCorpusError);
  });

  it('refuses a missing folder, one without vocabularies, a file, and unknown options', async () => {
    await expect(loadDataset(join(folder.path, 'none'))).rejects.toThrow(MissingFileError);
    await expect(loadDataset(join(folder.path, 'vocab_en'))).rejects.toThrow(MissingFileError);
    await rm(join(folder.path, 'vocab_cn'));
    await expect(loadDataset(folder.path)).rejects.toThrow(InvalidOptionError);
    await expect(loadDataset(folder.path, { text: true } as object)).rejects.toMatchObject({ constructor: InvalidOptionError, option: 'text', value: true });
  });
});
