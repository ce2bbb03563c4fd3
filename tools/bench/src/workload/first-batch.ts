import type { SparseRows } from '@xtm/contracts';
import { selectRows } from '@xtm/data';
import { loadResources } from './load-resources';
import type { Workload } from './workload';

/** The first documents of the workload's first language, as many as a batch has [batch, vocabulary]. */
export async function firstBatchRows(workload: Workload): Promise<SparseRows> {
  const { corpus } = await loadResources(workload);
  const { rows } = corpus.languages[0]!.train;
  return selectRows(rows, Int32Array.from({ length: Math.min(workload.batchSize, rows.rows) }, (_, document) => document));
}
