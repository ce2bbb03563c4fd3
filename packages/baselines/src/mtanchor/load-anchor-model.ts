import { join } from 'node:path';
import { DataFormatError, type DenseMatrix } from '@xtm/contracts';
import { readSparseMatrix } from '@xtm/data';
import { z } from 'zod';
import { readJson, readMatrix } from '../common/model-files';
import { readModelFolder } from '../common/model-folder';
import type { WordTopics } from '../common/word-topics';
import { AnchorModel } from './anchor-model';
import type { RecoveredTopics } from './recover-topics';
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
    const file = join(folder, `topicShares_${suffix}.npy`);
    recovered.push({ topicWord: topicWord[index]!, topicShares: await readShares(file, topicWord[index]!) });
    cooccurrences.push(new WordCooccurrence(await readSparseMatrix(join(folder, `documents_${suffix}.npz`))));
  }
  return new AnchorModel({ ...facts, cooccurrences, tolerance }, anchors, recovered);
}

async function readShares(file: string, topicWord: DenseMatrix): Promise<WordTopics> {
  const { rows, columns, data } = await readMatrix(file);
  if (rows !== topicWord.columns || columns !== topicWord.rows) {
    throw new DataFormatError(`is [${rows}, ${columns}], not [${topicWord.columns}, ${topicWord.rows}]`, { file, field: 'shape' });
  }
  return { words: rows, topics: columns, data: Float64Array.from(data) };
}
