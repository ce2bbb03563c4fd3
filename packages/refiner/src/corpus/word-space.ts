import type { DenseMatrix, SparseRows } from '@xtm/contracts';
import { nearestRows, normaliseRows, transposeRows } from '@xtm/numeric';

/** Words of all languages in one space, by cosine. */
export class WordSpace {
  /** [languages] of [vocabulary, dimensions], rows of unit length. */
  private readonly units: readonly DenseMatrix[];
  private readonly neighbours = new Map<string, Int32Array>();

  constructor(wordEmbeddings: readonly DenseMatrix[]) {
    this.units = wordEmbeddings.map(normaliseRows);
  }

  /** The mean direction of words, each language counting equally; words without a vector count nothing. */
  centroid(words: readonly Int32Array[]): Float64Array {
    const sum = new Float64Array(this.units[0]?.columns ?? 0);
    words.forEach((indices, languageIndex) => {
      for (const index of indices)
        this.vector(languageIndex, index).forEach((value, dimension) => (sum[dimension]! += value / indices.length));
    });
    const norm = Math.hypot(...sum) || 1;
    return sum.map((value) => value / norm);
  }

  /** Cosine of each word with a unit vector. */
  cosines(languageIndex: number, words: Int32Array, direction: Float64Array): Float64Array {
    return Float64Array.from(words, (word) =>
      this.vector(languageIndex, word).reduce((sum, value, dimension) => sum + value * direction[dimension]!, 0),
    );
  }

  /**
   * The `count` nearest words of a language to each of some words, a word itself left out, [words] of at most `count`.
   */
  nearest(languageIndex: number, words: Int32Array, targetLanguage: number, count: number): Int32Array[] {
    if (count === 0) return [];
    const keyOf = (word: number): string => `${languageIndex} ${word} ${targetLanguage} ${count}`;
    const unknown = words.filter((word) => !this.neighbours.has(keyOf(word)));
    if (unknown.length > 0)
      this.findNearest(languageIndex, unknown, targetLanguage, count).forEach((found, position) =>
        this.neighbours.set(keyOf(unknown[position]!), found),
      );
    return Array.from(words, (word) => this.neighbours.get(keyOf(word))!);
  }

  private findNearest(languageIndex: number, words: Int32Array, targetLanguage: number, count: number): Int32Array[] {
    const columns = this.units[languageIndex]!.columns;
    const data = new Float32Array(words.length * columns);
    words.forEach((word, row) => data.set(this.vector(languageIndex, word), row * columns));
    const found = nearestRows({ rows: words.length, columns, data }, this.units[targetLanguage]!, count + 1);
    return Array.from(words, (word, row) => {
      const near = found.indices.subarray(row * found.count, (row + 1) * found.count);
      return near.filter((index) => targetLanguage !== languageIndex || index !== word).slice(0, count);
    });
  }

  private vector(languageIndex: number, word: number): Float32Array {
    const { columns, data } = this.units[languageIndex]!;
    return data.subarray(word * columns, (word + 1) * columns);
  }
}

/**
 * Documents added to what is met and to what chance would bring, so that pairs too rare to say anything count as
 * independent.
 */
const PRIOR_DOCUMENTS = 1;

/** How strongly words of one language keep company in documents. */
export class DocumentCooccurrence {
  /** [words, documents]: the documents that hold a word. */
  private readonly documentsOf: SparseRows;
  private readonly marked: Uint8Array;

  constructor(rows: SparseRows) {
    this.documentsOf = transposeRows(rows);
    this.marked = new Uint8Array(rows.rows);
  }

  /**
   * For each candidate the mean of its association with the company, itself left out: normalised pointwise mutual
   * information over document windows, log(p12/(p1·p2)) / −log p12, smoothed towards independence. 0 without company.
   */
  meanAssociation(candidates: Int32Array, company: Int32Array): Float64Array {
    const sums = new Float64Array(candidates.length);
    const others = new Int32Array(candidates.length);
    for (const word of company) {
      this.mark(word, 1);
      candidates.forEach((candidate, position) => {
        if (candidate === word) return;
        sums[position]! += this.association(word, candidate);
        others[position]! += 1;
      });
      this.mark(word, 0);
    }
    return sums.map((sum, position) => (others[position] === 0 ? 0 : sum / others[position]!));
  }

  private mark(word: number, value: 0 | 1): void {
    const { indptr, indices } = this.documentsOf;
    for (let i = indptr[word]!; i < indptr[word + 1]!; i++) this.marked[indices[i]!] = value;
  }

  private association(markedWord: number, word: number): number {
    const { indptr, indices, columns: documents } = this.documentsOf;
    let together = 0;
    for (let i = indptr[word]!; i < indptr[word + 1]!; i++) together += this.marked[indices[i]!]!;
    if (together === documents) return 0;
    const expected =
      ((indptr[markedWord + 1]! - indptr[markedWord]!) * (indptr[word + 1]! - indptr[word]!)) / documents;
    return (
      Math.log((together + PRIOR_DOCUMENTS) / (expected + PRIOR_DOCUMENTS)) /
      Math.log((documents + PRIOR_DOCUMENTS) / (together + PRIOR_DOCUMENTS))
    );
  }
}
