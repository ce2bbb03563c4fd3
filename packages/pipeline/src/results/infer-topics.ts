import type { DocumentTopics, RunOptions, SparseRows, TopicEncoder } from '@xtm/contracts';
import { AbortedError } from '@xtm/contracts';
import { selectRows } from '@xtm/data';
import { nextTurn } from '../training/next-turn';

/** Documents encoded at once: enough to keep the products busy, few enough to stay within the memory of a training step. */
const BATCH = 512;

/**
 * Topic means and proportions of documents of one language [documents, topics], in batches; the result does not
 * depend on the batches.
 */
export async function inferTopics(encoder: TopicEncoder, rows: SparseRows, languageIndex: number, numTopics: number, options: RunOptions = {}): Promise<Required<DocumentTopics>> {
  const means = { rows: rows.rows, columns: numTopics, data: new Float32Array(rows.rows * numTopics) };
  const proportions = { rows: rows.rows, columns: numTopics, data: new Float32Array(rows.rows * numTopics) };
  for (let start = 0; start < rows.rows; start += BATCH) {
    if (options.signal?.aborted) throw new AbortedError('inference');
    const documents = Int32Array.from({ length: Math.min(BATCH, rows.rows - start) }, (_, i) => start + i);
    const { mu, theta } = encoder.infer(selectRows(rows, documents), languageIndex);
    means.data.set(mu.dataSync(), start * numTopics);
    proportions.data.set(theta.dataSync(), start * numTopics);
    mu.dispose();
    theta.dispose();
    options.onProgress?.({ stage: 'inferring topics', done: start + documents.length, total: rows.rows });
    await nextTurn();
  }
  return { means, proportions };
}
