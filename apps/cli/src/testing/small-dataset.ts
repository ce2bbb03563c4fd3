import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultPreprocessing, writeDataset } from '@xtm/data';
import { syntheticCorpus } from '@xtm/data/testing';
import { SeededGenerator } from '@xtm/numeric';

/** A temporary folder that holds a dataset of planted topics and the runs of a test. */
export interface SmallDataset {
  readonly folder: string;
  /** The dataset folder in it. */
  readonly dataset: string;
  remove(): void;
}

/** @param rename what to call its words, which are of the form `en_TOPIC_NUMBER` */
export async function smallDataset(rename = (word: string): string => word): Promise<SmallDataset> {
  const folder = mkdtempSync(join(tmpdir(), 'xtm-cli-'));
  const dataset = join(folder, 'planted');
  const planted = syntheticCorpus({ generator: new SeededGenerator(5), trainDocuments: [60, 45], testDocuments: 12 });
  const corpus = {
    ...planted,
    languages: planted.languages.map((language) => ({ ...language, vocabulary: language.vocabulary.map(rename) })),
  };
  const languages = corpus.languages.map(({ language }) => language);
  await writeDataset(dataset, {
    corpus,
    descriptor: { languages },
    preprocessing: defaultPreprocessing(languages, 'whitespace'),
    warnings: [],
  });
  return { folder, dataset, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
