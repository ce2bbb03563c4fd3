import { join } from 'node:path';
import {
  type CorpusLanguage,
  DataFormatError,
  type DenseMatrix,
  type DocumentSet,
  EmptyCorpusError,
  type Language,
  type SparseRows,
} from '@xtm/contracts';
import { numbersOf, readNpy } from '../npy/npy';
import { readSparseMatrix } from '../npy/sparse-matrix-file';
import { denseFromSparseRows } from '../sparse/sparse-rows';
import { exists, readBytes, readLines } from '../files';
import { readDocumentRecords, readVocabulary } from './dataset-files';

/** Longer word vectors are taken for a damaged shape. */
const MAX_DIMENSIONS = 2 ** 14;

export type Split = 'train' | 'test';

/** How one language of a benchmark folder is read. */
export interface LanguageReading {
  /** Whether to read the texts, where the folder has them. */
  readonly texts: boolean;
  /** What to show for each label value. */
  readonly labelNames: Readonly<Record<string, string>>;
}

/** Reads one language of a benchmark folder. */
export async function loadLanguage(
  folder: string,
  language: Language,
  reading: LanguageReading,
): Promise<CorpusLanguage> {
  const vocabulary = await readVocabulary(join(folder, `vocab_${language.suffix}`));
  const train = await loadDocuments(folder, language, 'train', vocabulary.length, reading);
  if (train.rows.rows === 0)
    throw new EmptyCorpusError(`${bowFile(folder, language, 'train')}: ${language.code} has no training documents`, {
      language: language.code,
      advice: `Write its documents into train_bow_matrix_${language.suffix}.npz.`,
    });
  const hasTest = await exists(bowFile(folder, language, 'test'));
  const test = hasTest ? await loadDocuments(folder, language, 'test', vocabulary.length, reading) : undefined;
  const wordVectors = await loadWordVectors(join(folder, `word2vec_${language.suffix}.npz`), vocabulary.length);
  const clusters = await loadClusters(folder, language, train.rows.rows);
  return {
    language,
    vocabulary,
    train,
    ...(test && { test }),
    ...(wordVectors && { wordVectors }),
    ...(clusters && { clusters }),
  };
}

function bowFile(folder: string, { suffix }: Language, split: Split): string {
  return join(folder, `${split}_bow_matrix_${suffix}.npz`);
}

async function loadDocuments(
  folder: string,
  language: Language,
  split: Split,
  words: number,
  reading: LanguageReading,
): Promise<DocumentSet> {
  const file = bowFile(folder, language, split);
  const rows = await readSparseMatrix(file, `the ${split} documents of ${language.code}`);
  checkCounts(rows, words, file);
  const fileOf = (kind: string, extension: string) => join(folder, `${split}_${kind}_${language.suffix}.${extension}`);
  const labels = await readOptionalLines(fileOf('labels', 'txt'), rows.rows, 'labels');
  const texts = reading.texts ? await readOptionalLines(fileOf('texts', 'txt'), rows.rows, 'texts') : undefined;
  const records = await readOptionalRecords(fileOf('documents', 'jsonl'), rows.rows);
  return {
    rows,
    ...(labels && { labels: labels.map((label) => reading.labelNames[label] ?? label) }),
    ...(texts && { texts }),
    ...records,
  };
}

function checkCounts(rows: SparseRows, words: number, file: string): void {
  if (rows.columns !== words) {
    throw new DataFormatError(`has ${rows.columns} columns; the vocabulary has ${words} words`, {
      file,
      field: 'shape',
    });
  }
  const negative = rows.values.findIndex((value) => value < 0);
  if (negative < 0) return;
  const row = rows.indptr.findIndex((start) => start > negative) - 1;
  throw new DataFormatError(`document ${row + 1} has the negative count ${rows.values[negative]}`, {
    file,
    field: 'data',
  });
}

async function readOptionalLines(file: string, documents: number, what: string): Promise<string[] | undefined> {
  if (!(await exists(file))) return undefined;
  const lines = await readLines(file, what);
  checkLength(lines.length, documents, what, file);
  return what === 'labels' ? lines.map((line) => line.trim()) : lines;
}

async function readOptionalRecords(file: string, documents: number): Promise<Pick<DocumentSet, 'ids' | 'metadata'>> {
  if (!(await exists(file))) return {};
  const records = await readDocumentRecords(file);
  checkLength(records.metadata.length, documents, 'documents', file);
  return records;
}

function checkLength(length: number, documents: number, what: string, file: string): void {
  if (length !== documents)
    throw new DataFormatError(`has ${length} ${what}; the bag of words has ${documents} documents`, { file });
}

async function loadWordVectors(file: string, words: number): Promise<DenseMatrix | undefined> {
  if (!(await exists(file))) return undefined;
  const vectors = await readSparseMatrix(file, 'word vectors');
  if (vectors.rows !== words)
    throw new DataFormatError(`has ${vectors.rows} word vectors; the vocabulary has ${words} words`, {
      file,
      field: 'shape',
    });
  if (vectors.columns > MAX_DIMENSIONS)
    throw new DataFormatError(`word vectors of ${vectors.columns} dimensions are longer than any`, {
      file,
      field: 'shape',
    });
  return denseFromSparseRows(vectors);
}

async function loadClusters(folder: string, { suffix }: Language, documents: number): Promise<Int32Array | undefined> {
  for (const name of [`cluster_labels_${suffix}_cosine.npy`, `cluster_labels_${suffix}.npy`]) {
    const file = join(folder, name);
    if (!(await exists(file))) continue;
    const clusters = numbersOf(readNpy(await readBytes(file, 'clusters'), file), file);
    checkLength(clusters.length, documents, 'clusters', file);
    const odd = clusters.findIndex((cluster) => !(Number.isInteger(cluster) && cluster >= 0));
    if (odd >= 0)
      throw new DataFormatError(`document ${odd + 1} has the cluster ${clusters[odd]}; clusters count from 0`, {
        file,
      });
    return Int32Array.from(clusters);
  }
  return undefined;
}
