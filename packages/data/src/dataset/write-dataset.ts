import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import {
  type Corpus,
  type CorpusLanguage,
  type DocumentSet,
  explainWriteError,
  InvalidOptionError,
  type WordPairs,
} from '@xtm/contracts';
import { writeNpy } from '../npy/npy';
import { writeSparseMatrix } from '../npy/sparse-matrix-file';
import { sparseRowsFromDense } from '../sparse/sparse-rows';
import { PREPROCESSING_FILE } from '../words/preprocessing';
import type { Dataset } from './dataset';
import { DESCRIPTOR_FILE, formatDocumentRecords } from './dataset-files';

const DICTIONARY_FILE = 'dictionary.txt';

export interface WriteDatasetOptions {
  /** Whether a dataset folder that is there gives way; false by default. */
  readonly replace?: boolean;
}

/**
 * Writes a data set as a benchmark folder, which {@link loadDataset} and the field's Python tools read. The folder
 * appears complete or not at all.
 *
 * @param folder Must not exist yet, or be empty, or be a dataset folder that may be replaced.
 * @throws InvalidOptionError if the folder holds files, WriteError if it cannot be written.
 */
export async function writeDataset(
  folder: string,
  dataset: Dataset,
  { replace = false }: WriteDatasetOptions = {},
): Promise<void> {
  const target = resolve(folder);
  const present = await readdir(target).catch(() => []);
  const replaced = replace && existsSync(join(target, DESCRIPTOR_FILE));
  if (present.length > 0 && !replaced) {
    throw new InvalidOptionError('folder', folder, `${folder} already holds files`, {
      advice: 'Name another folder, or remove it.',
    });
  }
  try {
    await writeAside(target, dataset);
  } catch (error) {
    throw explainWriteError(target, error);
  }
}

/** Written beside its place, flushed, and renamed; what was there before is moved aside whole and then removed. */
async function writeAside(target: string, dataset: Dataset): Promise<void> {
  const [draft, old] = ['new', 'old'].map((state) => join(dirname(target), `.${basename(target)}-${state}`)) as [
    string,
    string,
  ];
  await mkdir(dirname(target), { recursive: true });
  for (const leftover of [draft, old]) await rm(leftover, { recursive: true, force: true });
  try {
    await mkdir(draft);
    for (const [name, content] of datasetFiles(dataset)) await writeFile(join(draft, name), content, { flush: true });
    if (existsSync(join(target, DESCRIPTOR_FILE))) await rename(target, old);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

type NamedFile = readonly [name: string, content: string | Uint8Array];

function* datasetFiles({ corpus, descriptor, preprocessing }: Dataset): Generator<NamedFile> {
  const { dictionary } = corpus;
  const described = {
    name: corpus.name,
    ...(corpus.description !== undefined && { description: corpus.description }),
    languages: corpus.languages.map(({ language }) => language),
    ...(dictionary && { dictionary: DICTIONARY_FILE }),
    ...(descriptor.segmenter !== undefined && { segmenter: descriptor.segmenter }),
    ...(descriptor.preset !== undefined && { preset: descriptor.preset }),
  };
  yield [DESCRIPTOR_FILE, `${JSON.stringify(described, null, 2)}\n`];
  yield [PREPROCESSING_FILE, `${JSON.stringify(preprocessing, null, 2)}\n`];
  if (dictionary !== undefined) yield [DICTIONARY_FILE, joinLines(dictionaryLines(corpus, dictionary))];
  for (const language of corpus.languages) yield* languageFiles(language);
}

function* languageFiles({
  language: { suffix },
  vocabulary,
  train,
  test,
  wordVectors,
  clusters,
}: CorpusLanguage): Generator<NamedFile> {
  yield [`vocab_${suffix}`, joinLines(vocabulary)];
  yield* documentFiles('train', suffix, train);
  if (test !== undefined) yield* documentFiles('test', suffix, test);
  if (wordVectors !== undefined) yield [`word2vec_${suffix}.npz`, writeSparseMatrix(sparseRowsFromDense(wordVectors))];
  if (clusters !== undefined) yield [`cluster_labels_${suffix}.npy`, writeNpy(clusters, [clusters.length])];
}

function* documentFiles(split: string, suffix: string, documents: DocumentSet): Generator<NamedFile> {
  const { rows, texts, labels } = documents;
  yield [`${split}_bow_matrix_${suffix}.npz`, writeSparseMatrix(rows)];
  if (labels !== undefined) yield [`${split}_labels_${suffix}.txt`, joinLines(labels.map(onOneLine))];
  if (texts !== undefined) yield [`${split}_texts_${suffix}.txt`, joinLines(texts.map(onOneLine))];
  const records = formatDocumentRecords(documents);
  if (records !== undefined) yield [`${split}_documents_${suffix}.jsonl`, joinLines(records)];
}

function dictionaryLines(
  { languages }: Corpus,
  { languages: [first, second], first: firstWords, second: secondWords }: WordPairs,
): string[] {
  return Array.from(
    firstWords,
    (word, pair) => `${languages[second]!.vocabulary[secondWords[pair]!]} ${languages[first]!.vocabulary[word]}`,
  );
}

/** A line holds one document, whatever line ends were in it. */
function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function joinLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
