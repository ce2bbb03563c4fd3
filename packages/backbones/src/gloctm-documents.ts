import type { backend_util } from '@tensorflow/tfjs-core';
import type { Batch, Corpus, DenseMatrix, SparseRows } from '@xtm/contracts';
import { selectRows, stackRows, topK } from '@xtm/numeric';
import { visitCosines } from './common/rows';

/** The training documents over the joint vocabulary, expanded once; one matrix per language. */
export class GlobalDocuments {
  readonly #expanded: readonly SparseRows[];

  constructor({ languages }: Corpus, wordEmbeddings: readonly DenseMatrix[], neighbours: number) {
    const neighbourhoods = wordNeighbourhoods(wordEmbeddings, neighbours);
    this.#expanded = languages.map(({ train }, l) => expandDocuments(train.rows, neighbourhoods[l]!));
  }

  /** The expanded documents of a batch [batch, joint vocabulary], one matrix per language. */
  of(batch: Batch): SparseRows[] {
    return batch.languages.map(({ documents }, l) => selectRows(this.#expanded[l]!, documents));
  }
}

/**
 * Documents over the joint vocabulary: each distinct word of a document adds its neighbourhood, however often it
 * occurs (Phat et al. 2026). Memory is that of the result's nonzeros.
 *
 * @param documents bags of words [documents, vocabulary].
 * @param neighbourhoods 0/1 rows [vocabulary, joint vocabulary].
 */
export function expandDocuments(documents: SparseRows, neighbourhoods: SparseRows): SparseRows {
  const counter = new NeighbourCounter(documents, neighbourhoods);
  const indptr = new Int32Array(documents.rows + 1);
  for (let document = 0; document < documents.rows; document++)
    indptr[document + 1] = indptr[document]! + counter.count(document).length;
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

/**
 * For each word of each language, itself and its `count` nearest words (cosine of embeddings) of every language,
 * itself not among them: 0/1 rows [vocabulary of the language, all vocabularies side by side], one matrix per
 * language.
 *
 * @param wordEmbeddings [vocabulary, dimensions] in one space, one per language.
 */
export function wordNeighbourhoods(wordEmbeddings: readonly DenseMatrix[], count: number): SparseRows[] {
  const starts = columnStarts(wordEmbeddings.map(({ rows }) => rows));
  const words = stackRows(wordEmbeddings);
  const members: Int32Array[] = [];
  visitCosines(words, words, (word, cosines) => members.push(neighbourhood(cosines, word, starts, count)));
  return wordEmbeddings.map((_, language) =>
    indicatorRows(members.slice(starts[language], starts[language + 1]), words.rows),
  );
}

/** Where each language's columns start in the joint vocabulary, and its size at the end. */
function columnStarts(vocabularySizes: readonly number[]): number[] {
  const starts = [0];
  for (const size of vocabularySizes) starts.push(starts[starts.length - 1]! + size);
  return starts;
}

/** The ascending columns of a word's neighbourhood. */
function neighbourhood(
  cosines: backend_util.TypedArray,
  word: number,
  starts: readonly number[],
  count: number,
): Int32Array {
  const columns = [word];
  for (let language = 0; language + 1 < starts.length; language++) {
    const start = starts[language]!;
    const ownIndex = word - start;
    const nearest = topK(cosines.subarray(start, starts[language + 1]), count + 1).indices.filter(
      (index) => index !== ownIndex,
    );
    for (const index of nearest.subarray(0, count)) columns.push(start + index);
  }
  return Int32Array.from(columns).sort();
}

function indicatorRows(members: readonly Int32Array[], columns: number): SparseRows {
  const indptr = new Int32Array(members.length + 1);
  members.forEach((row, r) => (indptr[r + 1] = indptr[r]! + row.length));
  const indices = new Int32Array(indptr[members.length]!);
  members.forEach((row, r) => indices.set(row, indptr[r]!));
  return { rows: members.length, columns, indptr, indices, values: new Float32Array(indices.length).fill(1) };
}
