import type { DocumentTopics, RunOptions, SparseRows, TopicEncoder } from '@xtm/contracts';
import { visitRowBatches } from '../training/row-batches';

/**
 * Topic means and proportions of documents of one language [documents, topics], in batches; the result does not
 * depend on the batches.
 *
 * @throws AbortedError
 */
export async function inferTopics(encoder: TopicEncoder, rows: SparseRows, languageIndex: number, numTopics: number, options: RunOptions = {}): Promise<Required<DocumentTopics>> {
  const means = { rows: rows.rows, columns: numTopics, data: new Float32Array(rows.rows * numTopics) };
  const proportions = { rows: rows.rows, columns: numTopics, data: new Float32Array(rows.rows * numTopics) };
  await visitRowBatches(rows, 'inferring topics', options, (batch, start) => {
    const { mu, theta } = encoder.infer(batch, languageIndex);
    means.data.set(mu.dataSync(), start * numTopics);
    proportions.data.set(theta.dataSync(), start * numTopics);
    mu.dispose();
    theta.dispose();
  });
  return { means, proportions };
}
