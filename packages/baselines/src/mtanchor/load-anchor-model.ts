import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DataFormatError, type DenseMatrix } from '@xtm/contracts';
import { readSparseMatrix } from '@xtm/data';
import { z } from 'zod';
import { readDoubles, readJson } from '../common/model-files';
import { readModelFolder } from '../common/model-folder';
import type { WordTopics } from '../common/word-topics';
import { AnchorModel } from './anchor-model';
import type { RecoveredTopics } from './recover-topics';
import { productsFile } from './save-anchors';
import { WordCooccurrence } from './word-cooccurrence';

const anchorsSchema = z.strictObject({
  tolerance: z.number().positive(),
  anchors: z.array(z.array(z.array(z.string()).min(1)).min(1)).min(2),
});

/** Reads an MTAnchor model from the folder that its `save` wrote. Throws `MissingFileError` and `DataFormatError`. */
export async function loadAnchorModel(folder: string): Promise<AnchorModel> {
  const { topicWord, ...facts } = await readModelFolder(folder, 'mtanchor');
  const { tolerance, anchors } = await readJson(join(folder, 'anchors.json'), anchorsSchema);
  const cooccurrences: WordCooccurrence[] = [];
  const recovered: RecoveredTopics[] = [];
  for (const [index, { suffix }] of facts.languages.entries()) {
    const shares = await readWordTopics(join(folder, `topicShares_${suffix}.npy`), topicWord[index]!);
    const products = join(folder, productsFile(suffix));
    recovered.push({ topicWord: topicWord[index]!, topicShares: shares, ...(existsSync(products) && { products: await readWordTopics(products, topicWord[index]!) }) });
    cooccurrences.push(new WordCooccurrence(await readSparseMatrix(join(folder, `documents_${suffix}.npz`))));
  }
  return new AnchorModel({ ...facts, cooccurrences, tolerance, loadedFrom: resolve(folder) }, anchors, recovered);
}

async function readWordTopics(file: string, topicWord: DenseMatrix): Promise<WordTopics> {
  const { shape: [words, topics], data } = await readDoubles(file);
  if (words !== topicWord.columns || topics !== topicWord.rows) {
    throw new DataFormatError(`is [${words}, ${topics}], not [${topicWord.columns}, ${topicWord.rows}]`, { file, field: 'shape' });
  }
  return { words, topics, data };
}
