import type { Batch, Corpus, DenseMatrix, SparseRows } from '@xtm/contracts';
import { takeSparseRows } from '../common/take-rows';
import { expandDocuments } from './expand-documents';
import { wordNeighbourhoods } from './word-neighbourhoods';

/** The training documents over the joint vocabulary, expanded once; one matrix a language. */
export class GlobalDocuments {
  readonly #expanded: readonly SparseRows[];

  constructor({ languages }: Corpus, wordEmbeddings: readonly DenseMatrix[], neighbours: number) {
    const neighbourhoods = wordNeighbourhoods(wordEmbeddings, neighbours);
    this.#expanded = languages.map(({ train }, l) => expandDocuments(train.rows, neighbourhoods[l]!));
  }

  /** The expanded documents of a batch [batch, joint vocabulary], one matrix a language. */
  of(batch: Batch): SparseRows[] {
    return batch.languages.map(({ documents }, l) => takeSparseRows(this.#expanded[l]!, documents));
  }
}
