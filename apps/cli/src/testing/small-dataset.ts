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

export async function smallDataset(): Promise<SmallDataset> {
  const folder = mkdtempSync(join(tmpdir(), 'xtm-cli-'));
  const dataset = join(folder, 'planted');
  const corpus = syntheticCorpus({ generator: new SeededGenerator(5), trainDocuments: [60, 45], testDocuments: 12 });
  const languages = corpus.languages.map(({ language }) => language);
  await writeDataset(dataset, { corpus, descriptor: { languages }, preprocessing: defaultPreprocessing(languages, 'whitespace'), warnings: [] });
  return { folder, dataset, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
