import type { DenseMatrix, SparseRows } from '@xtm/contracts';
import { columnMeans, normaliseRows } from '@xtm/numeric';
import { inverseFrequencyWeights, weightedMeans } from './smooth-inverse-frequency';

/** One language of the common space. */
export interface SpaceLanguage {
  /** Column of each word of the vocabulary. */
  readonly columns: ReadonlyMap<string, number>;
  /** Aligned word vectors [vocabulary, dimensions], of unit length. */
  readonly wordVectors: DenseMatrix;
  /** [vocabulary] weights in a document's mean. */
  readonly weights: Float32Array;
  /** [dimensions] mean of the training documents' vectors: what all documents of the language share. */
  readonly documentMean: Float64Array;
}

export function spaceLanguage(vocabulary: readonly string[], wordVectors: DenseMatrix, training: SparseRows, frequencySmoothing: number): SpaceLanguage {
  const weights = inverseFrequencyWeights(training, frequencySmoothing);
  return {
    columns: new Map(vocabulary.map((word, column) => [word, column])),
    wordVectors,
    weights,
    documentMean: columnMeans(normaliseRows(weightedMeans(training, wordVectors, weights))),
  };
}

/**
 * Document vectors [documents, dimensions], of unit length: the words' weighted means, of unit length, less the
 * language's mean. Documents without known words get zeros.
 */
export function documentVectors(language: SpaceLanguage, documents: SparseRows): DenseMatrix {
  const means = normaliseRows(weightedMeans(documents, language.wordVectors, language.weights));
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
  return { rows: texts.length, columns: language.columns.size, indptr, indices: Int32Array.from(indices), values: Float32Array.from(values) };
}
