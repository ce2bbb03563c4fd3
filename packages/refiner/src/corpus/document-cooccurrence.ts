import type { SparseRows } from '@xtm/contracts';
import { transposeRows } from '@xtm/numeric';

/** Documents added to what is met and to what chance would bring, so that pairs too rare to say anything count as independent. */
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
    const expected = ((indptr[markedWord + 1]! - indptr[markedWord]!) * (indptr[word + 1]! - indptr[word]!)) / documents;
    return Math.log((together + PRIOR_DOCUMENTS) / (expected + PRIOR_DOCUMENTS)) / Math.log((documents + PRIOR_DOCUMENTS) / (together + PRIOR_DOCUMENTS));
  }
}
