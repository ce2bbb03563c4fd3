import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeSparseMatrix } from '@xtm/data';
import { writeJson, writeNumbers } from '../common/model-files';
import type { AnchorModel } from './anchor-model';

/**
 * Writes what recovering with other anchors takes: `anchors.json`, and per language `topicShares_SUFFIX.npy`
 * (p(topic | word) [vocabulary, topics], float32), `anchorProducts_SUFFIX.npy` (inner products of the words' and the anchors'
 * co-occurrence rows [vocabulary, topics], float64), and `documents_SUFFIX.npz`, the training documents' bags of words,
 * which are the co-occurrence matrix in its smallest form. Documents stay as they are in the folder that the model came from.
 */
export async function saveAnchors(folder: string, { anchors, basis, languages, recovered }: AnchorModel): Promise<void> {
  await writeJson(join(folder, 'anchors.json'), { tolerance: basis.tolerance, anchors });
  for (const [index, { suffix }] of languages.entries()) {
    const { topicShares: { data, words, topics }, products } = recovered[index]!;
    await writeNumbers(join(folder, `topicShares_${suffix}.npy`), Float32Array.from(data), [words, topics]);
    if (products !== undefined) await writeNumbers(join(folder, productsFile(suffix)), products.data, [words, topics]);
    if (basis.loadedFrom !== resolve(folder)) await writeFile(join(folder, `documents_${suffix}.npz`), writeSparseMatrix(basis.cooccurrences[index]!.rows));
  }
}

export function productsFile(suffix: string): string {
  return `anchorProducts_${suffix}.npy`;
}
