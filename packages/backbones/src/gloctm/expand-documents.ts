import type { SparseRows } from '@xtm/contracts';

/**
 * Documents over the joint vocabulary: each distinct word of a document adds its neighbourhood, however often it occurs
 * (Phat et al. 2026). Memory is that of the result's nonzeros.
 *
 * @param documents bags of words [documents, vocabulary].
 * @param neighbourhoods 0/1 rows [vocabulary, joint vocabulary].
 */
export function expandDocuments(documents: SparseRows, neighbourhoods: SparseRows): SparseRows {
  const counter = new NeighbourCounter(documents, neighbourhoods);
  const indptr = new Int32Array(documents.rows + 1);
  for (let document = 0; document < documents.rows; document++) indptr[document + 1] = indptr[document]! + counter.count(document).length;
  const indices = new Int32Array(indptr[documents.rows]!);
  const values = new Float32Array(indices.length);
  for (let document = 0; document < documents.rows; document++) {
    const start = indptr[document]!;
    const columns = counter.count(document).sort();
    indices.set(columns, start);
    for (let i = 0; i < columns.length; i++) values[start + i] = counter.counts[columns[i]!]!;
  }
  return { rows: documents.rows, columns: neighbourhoods.columns, indptr, indices, values };
}

/** Counts one document at a time; a first pass over the documents finds sizes, a second fills them in. */
class NeighbourCounter {
  /** [joint vocabulary] counts of the document counted last; zero elsewhere. */
  readonly counts: Float32Array;
  readonly #touched: Int32Array;
  #size = 0;

  constructor(
    private readonly documents: SparseRows,
    private readonly neighbourhoods: SparseRows,
  ) {
    this.counts = new Float32Array(neighbourhoods.columns);
    this.#touched = new Int32Array(neighbourhoods.columns);
  }

  /** The columns that the document's words bring in, unordered; valid until the next call. */
  count(document: number): Int32Array {
    for (let i = 0; i < this.#size; i++) this.counts[this.#touched[i]!] = 0;
    this.#size = 0;
    const { indptr, indices, values } = this.documents;
    for (let i = indptr[document]!; i < indptr[document + 1]!; i++) {
      if (values[i]! > 0) this.#add(indices[i]!);
    }
    return this.#touched.subarray(0, this.#size);
  }

  #add(word: number): void {
    const { indptr, indices } = this.neighbourhoods;
    for (let i = indptr[word]!; i < indptr[word + 1]!; i++) {
      const column = indices[i]!;
      if (this.counts[column]!++ === 0) this.#touched[this.#size++] = column;
    }
  }
}
