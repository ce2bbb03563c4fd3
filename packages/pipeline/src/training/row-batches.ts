import { AbortedError, type RunOptions, type SparseRows } from '@xtm/contracts';
import { selectRows } from '@xtm/data';
import { nextTurn } from './next-turn';

/** Documents encoded at once: enough to keep the products busy, few enough to stay within the memory of a training step. */
const BATCH = 512;

/**
 * Hands documents over in batches, in their order, letting timers and signals be served between two of them.
 *
 * @param visit given a batch and the position of its first document
 * @throws AbortedError
 */
export async function visitRowBatches(
  rows: SparseRows,
  stage: string,
  { signal, onProgress }: RunOptions,
  visit: (batch: SparseRows, start: number) => void,
): Promise<void> {
  for (let start = 0; start < rows.rows; start += BATCH) {
    if (signal?.aborted) throw new AbortedError('inference');
    const documents = Int32Array.from({ length: Math.min(BATCH, rows.rows - start) }, (_, i) => start + i);
    visit(selectRows(rows, documents), start);
    onProgress?.({ stage, done: start + documents.length, total: rows.rows });
    await nextTurn();
  }
}
