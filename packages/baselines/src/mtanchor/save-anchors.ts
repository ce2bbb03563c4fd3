import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeSparseMatrix } from '@xtm/data';
import { writeJson, writeNumbers } from '../common/model-files';
import type { AnchorModel } from './anchor-model';

/**
 * Writes what recovering with other anchors takes: `anchors.json`, and per language `topicShares_SUFFIX.npy`
 * (p(topic | word) [vocabulary, topics], float32) and `documents_SUFFIX.npz`, the training documents' bags of words,
 * which are the co-occurrence matrix in its smallest form.
 */
export async function saveAnchors(folder: string, { anchors, basis, languages, recovered }: AnchorModel): Promise<void> {
  await writeJson(join(folder, 'anchors.json'), { tolerance: basis.tolerance, anchors });
  for (const [index, { suffix }] of languages.entries()) {
    const { data, words, topics } = recovered[index]!.topicShares;
    await writeNumbers(join(folder, `topicShares_${suffix}.npy`), Float32Array.from(data), [words, topics]);
    await writeFile(join(folder, `documents_${suffix}.npz`), writeSparseMatrix(basis.cooccurrences[index]!.rows));
  }
}
