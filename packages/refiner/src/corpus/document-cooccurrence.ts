import type { SparseRows } from '@xtm/contracts';
import { transposeRows } from '@xtm/numeric';

/** Documents together that halve the weight of a pair's NPMI, so that pairs met once or twice say little. */
const SHRINKAGE = 2;

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
   * For each candidate the mean NPMI with the company, document windows, itself left out: log(p12/(p1·p2)) / −log p12,
   * −1 for words never met together; shrunk towards 0 for words met together rarely. 0 without company.
   */
  meanNpmi(candidates: Int32Array, company: Int32Array): Float64Array {
    const sums = new Float64Array(candidates.length);
    const others = new Int32Array(candidates.length);
    for (const word of company) {
      this.mark(word, 1);
      candidates.forEach((candidate, position) => {
        if (candidate === word) return;
        sums[position]! += this.npmi(word, candidate);
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

  private npmi(markedWord: number, word: number): number {
    const { indptr, indices, columns: documents } = this.documentsOf;
    let together = 0;
    for (let i = indptr[word]!; i < indptr[word + 1]!; i++) together += this.marked[indices[i]!]!;
    if (together === 0) return -1;
    if (together === documents) return 1;
    const expected = ((indptr[markedWord + 1]! - indptr[markedWord]!) / documents) * ((indptr[word + 1]! - indptr[word]!) / documents);
    const npmi = Math.log(together / documents / expected) / -Math.log(together / documents);
    return (npmi * together) / (together + SHRINKAGE);
  }
}
