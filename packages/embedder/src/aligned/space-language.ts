import type { DenseMatrix, SparseRows } from '@xtm/contracts';
import { columnMeans, normaliseRows, scaleColumns } from '@xtm/numeric';

/** One language of the common space. */
export interface SpaceLanguage {
  /** Column of each word of the vocabulary. */
  readonly columns: ReadonlyMap<string, number>;
  /** Aligned word vectors [vocabulary, dimensions], of unit length. */
  readonly wordVectors: DenseMatrix;
  /** What each word adds to a document's sum [vocabulary, dimensions]: its scaled unit vector times its weight. */
  readonly contributions: DenseMatrix;
  /** [dimensions] mean of the training documents' vectors: what all documents of the language share. */
  readonly documentMean: Float64Array;
}

/**
 * `scales` [dimensions] multiply word vectors before they are added up to documents: what matters between languages
 * may weigh more in documents, where many words speak, than in single words.
 */
export function spaceLanguage(
  vocabulary: readonly string[],
  wordVectors: DenseMatrix,
  scales: Float64Array,
  training: SparseRows,
  frequencySmoothing: number,
): SpaceLanguage {
  const weights = inverseFrequencyWeights(training, frequencySmoothing);
  const contributions = normaliseRows(scaleColumns(wordVectors, scales));
  for (let i = 0; i < contributions.data.length; i++)
    contributions.data[i]! *= weights[Math.floor(i / contributions.columns)]!;
  return {
    columns: new Map(vocabulary.map((word, column) => [word, column])),
    wordVectors,
    contributions,
    documentMean: columnMeans(normaliseRows(sumRows(training, contributions))),
  };
}

/**
 * Document vectors [documents, dimensions], of unit length: the sum of the words' contributions, of unit length, less
 * the language's mean. Documents without known words get zeros.
 */
export function documentVectors(language: SpaceLanguage, documents: SparseRows): DenseMatrix {
  const means = normaliseRows(sumRows(documents, language.contributions));
  const { columns, data } = means;
  for (let d = 0; d < documents.rows; d++) {
    const empty = documents.indptr[d] === documents.indptr[d + 1];
    for (let c = 0; c < columns && !empty; c++) data[d * columns + c]! -= language.documentMean[c]!;
  }
  return normaliseRows(means);
}

/** Bags of words [texts, vocabulary] of texts whose words are set apart by white space; other words are left out. */
export function countWords(language: SpaceLanguage, texts: readonly string[]): SparseRows {
  const indptr = new Int32Array(texts.length + 1);
  const indices: number[] = [];
  const values: number[] = [];
  texts.forEach((text, row) => {
    const counts = new Map<number, number>();
    for (const word of text.split(/\s+/)) {
      const column = language.columns.get(word);
      if (column !== undefined) counts.set(column, (counts.get(column) ?? 0) + 1);
    }
    for (const column of [...counts.keys()].sort((a, b) => a - b)) {
      indices.push(column);
      values.push(counts.get(column)!);
    }
    indptr[row + 1] = indices.length;
  });
  return {
    rows: texts.length,
    columns: language.columns.size,
    indptr,
    indices: Int32Array.from(indices),
    values: Float32Array.from(values),
  };
}

/**
 * [words] a / (a + p), p a word's share of all words of the documents: frequent words count less in a document's
 * mean (smooth inverse frequency, Arora, Liang & Ma 2017).
 */
export function inverseFrequencyWeights(documents: SparseRows, smoothing: number): Float32Array {
  const counts = new Float64Array(documents.columns);
  for (let i = 0; i < documents.indices.length; i++) counts[documents.indices[i]!]! += documents.values[i]!;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return Float32Array.from(counts, (count) => smoothing / (smoothing + (total === 0 ? 0 : count / total)));
}

/** Sum of the rows [words, dimensions] of each document's words, each times its count: [documents, dimensions]. */
export function sumRows(documents: SparseRows, rows: DenseMatrix): DenseMatrix {
  const { columns } = rows;
  const data = new Float32Array(documents.rows * columns);
  for (let d = 0; d < documents.rows; d++) {
    for (let i = documents.indptr[d]!; i < documents.indptr[d + 1]!; i++) {
      const from = documents.indices[i]! * columns;
      const count = documents.values[i]!;
      for (let c = 0; c < columns; c++) data[d * columns + c]! += count * rows.data[from + c]!;
    }
  }
  return { rows: documents.rows, columns, data };
}
