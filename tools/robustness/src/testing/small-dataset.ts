import { join } from 'node:path';
import { defaultPreprocessing, writeDataset } from '@xtm/data';
import { smallCorpus } from './small-corpus';

/** Writes the small corpus as a dataset folder in the folder given, and returns its path. */
export async function writeSmallDataset(folder: string): Promise<string> {
  const dataset = join(folder, 'data');
  const corpus = smallCorpus();
  const languages = corpus.languages.map(({ language }) => language);
  await writeDataset(dataset, {
    corpus,
    descriptor: { languages },
    preprocessing: defaultPreprocessing(languages, 'whitespace'),
    warnings: [],
  });
  return dataset;
}
