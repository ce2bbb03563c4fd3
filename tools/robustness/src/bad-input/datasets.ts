import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataFormatError, EmptyCorpusError, InvalidOptionError, MissingFileError, type Corpus } from '@xtm/contracts';
import {
  defaultPreprocessing,
  loadDataset,
  readPreprocessing,
  readPrepareOptions,
  sparseRowsFromMaps,
  writeDataset,
  writeNpy,
  writeSparseMatrix,
} from '@xtm/data';
import type { TemporaryFolder } from '@xtm/data/testing';
import { smallCorpus } from '../testing/small-corpus';
import type { BadCase, BadInputs } from './bad-case';

type Expected = Omit<BadCase, 'input' | 'read' | 'file'>;

/**
 * The small corpus, without labels, as a folder in which one file has other content, or is missing; `file` also names
 * the one to blame.
 */
function dataset(input: string, file: string, content: string | Uint8Array | undefined, expected: Expected): BadCase {
  const read = async ({ path }: TemporaryFolder): Promise<unknown> => {
    const folder = join(path, 'data');
    const corpus = withoutLabels(smallCorpus());
    const languages = corpus.languages.map(({ language }) => language);
    await writeDataset(folder, {
      corpus,
      descriptor: { languages },
      preprocessing: defaultPreprocessing(languages),
      warnings: [],
    });
    await (content === undefined ? rm(join(folder, file)) : writeFile(join(folder, file), content));
    return loadDataset(folder, { texts: true });
  };
  return { input, read, file, ...expected };
}

function withoutLabels(corpus: Corpus): Corpus {
  return {
    ...corpus,
    languages: corpus.languages.map(({ train, test, ...language }) => ({
      ...language,
      train: { rows: train.rows },
      test: { rows: test!.rows },
    })),
  };
}

const wrong = (says: string, place: Partial<Pick<BadCase, 'line' | 'field'>> = {}): Expected => ({
  error: DataFormatError,
  says,
  ...place,
});
const counts = (documents: number, words: number, value = 1): Uint8Array =>
  writeSparseMatrix(
    sparseRowsFromMaps(
      Array.from({ length: documents }, () => new Map([[0, value]])),
      words,
    ),
  );

export const datasets: BadInputs = {
  reader: 'dataset folder',
  cases: [
    {
      input: 'no folder',
      read: ({ path }) => loadDataset(join(path, 'none')),
      error: MissingFileError,
      says: 'not found',
      file: 'none',
    },
    {
      input: 'an empty folder',
      read: ({ path }) => loadDataset(path),
      error: InvalidOptionError,
      says: 'has 0 vocabularies',
    },
    dataset('a description that breaks off', 'dataset.json', '{"languages": [', wrong('not valid JSON')),
    dataset(
      'a description with an unknown key',
      'dataset.json',
      '{"langages": []}',
      wrong('no such option', { field: 'langages' }),
    ),
    dataset(
      'a description with a wrong type',
      'dataset.json',
      '{"labels": {"0": 1}}',
      wrong('expected string', { field: 'labels.0' }),
    ),
    dataset(
      'a language that there cannot be',
      'dataset.json',
      '{"languages": [{"code": "english language"}, {"code": "zh"}]}',
      wrong('BCP-47', { field: 'languages.0.code' }),
    ),
    dataset('no training documents', 'train_bow_matrix_en.npz', undefined, {
      error: MissingFileError,
      says: 'not found',
    }),
    dataset('a vocabulary of another size', 'vocab_cn', '猫\n狗\n', {
      ...wrong('the vocabulary has 2 words', { field: 'shape' }),
      file: 'train_bow_matrix_cn.npz',
    } as Expected),
    dataset('not one document', 'train_bow_matrix_en.npz', counts(0, 24), {
      error: EmptyCorpusError,
      says: 'en has no training documents',
    }),
    dataset(
      'a negative count',
      'train_bow_matrix_en.npz',
      counts(40, 24, -2),
      wrong('the negative count -2', { field: 'data' }),
    ),
    dataset(
      'labels of other documents',
      'train_labels_en.txt',
      'a\nb\n',
      wrong('has 2 labels; the bag of words has 40'),
    ),
    dataset('texts of other documents', 'test_texts_cn.txt', '猫\n', wrong('has 1 texts; the bag of words has 8')),
    dataset(
      'a record that breaks off',
      'train_documents_en.jsonl',
      '{"id":"1"}\n{"id":\n',
      wrong('not valid JSON', { line: 2 }),
    ),
    dataset(
      'a record whose id is no text',
      'train_documents_en.jsonl',
      '{"id":1}\n',
      wrong('', { line: 1, field: 'id' }),
    ),
    dataset('a record of something else', 'train_documents_en.jsonl', '{"name":"1"}\n', wrong('', { line: 1 })),
    dataset(
      'word vectors of other words',
      'word2vec_en.npz',
      counts(3, 5),
      wrong('has 3 word vectors', { field: 'shape' }),
    ),
    dataset(
      'word vectors longer than any',
      'word2vec_en.npz',
      counts(24, 4_000_000),
      wrong('4000000 dimensions', { field: 'shape' }),
    ),
    dataset(
      'half a cluster',
      'cluster_labels_en.npy',
      writeNpy(new Float64Array(40).fill(0.5), [40]),
      wrong('document 1 has the cluster 0.5'),
    ),
    dataset(
      'clusters of other documents',
      'cluster_labels_en.npy',
      writeNpy(new Int32Array(3), [3]),
      wrong('has 3 clusters'),
    ),
    dataset(
      'preprocessing of another version',
      'preprocessing.json',
      '{"version": 2, "languages": []}',
      wrong('', { field: 'version' }),
    ),
  ],
};

export const settingsOfData: BadInputs = {
  reader: 'settings of data',
  cases: [
    {
      input: 'preprocessing that is no JSON',
      read: async (folder) => readPreprocessing(await folder.write('preprocessing.json', 'version: 1')),
      error: DataFormatError,
      says: 'not valid JSON',
      file: 'preprocessing.json',
    },
    {
      input: 'a corpus file in another encoding',
      read: async (folder) => readPrepareOptions(await folder.write('corpus.json', Buffer.from([0x7b, 0x0a, 0xe9]))),
      error: DataFormatError,
      says: 'not valid UTF-8',
      file: 'corpus.json',
      line: 2,
    },
    {
      input: 'a corpus file without documents',
      read: async (folder) =>
        readPrepareOptions(
          await folder.write('corpus.json', '{"name":"x","languages":[{"code":"en"},{"code":"zh"}],"documents":[]}'),
        ),
      error: DataFormatError,
      says: '',
      file: 'corpus.json',
      field: 'documents',
    },
    {
      input: 'a corpus file with a misspelt setting',
      read: async (folder) =>
        readPrepareOptions(
          await folder.write(
            'corpus.json',
            '{"name":"x","languages":[{"code":"en"},{"code":"zh"}],"documents":[{"path":"a.csv"}],"stopwords":true}',
          ),
        ),
      error: DataFormatError,
      says: 'no such option',
      file: 'corpus.json',
      field: 'stopwords',
    },
  ],
};
