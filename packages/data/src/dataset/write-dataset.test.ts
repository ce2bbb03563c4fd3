import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DocumentMetadata, InvalidOptionError } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { syntheticCorpus, temporaryFolder, type TemporaryFolder } from '../testing';
import { defaultPreprocessing } from '../words/preprocessing';
import type { Dataset } from './dataset';
import { loadDataset } from './load-dataset';
import { writeDataset } from './write-dataset';

function richDataset(): Dataset {
  const corpus = syntheticCorpus({ generator: new SeededGenerator(5), trainDocuments: [3, 2], testDocuments: 1 });
  const [first, second] = corpus.languages;
  const metadata: DocumentMetadata[] = [{ stars: 5, verified: true, date: null }, {}, { date: '2024-03-01' }];
  const train = { ...first!.train, ids: ['a', 'b', 'c'], metadata, texts: ['one', '', 'three words here'] };
  const wordVectors = { rows: first!.vocabulary.length, columns: 2, data: Float32Array.from({ length: 2 * first!.vocabulary.length }, (_, index) => index / 7 - 1) };
  const languages = [{ ...first!, train, wordVectors, clusters: Int32Array.of(2, 0, 1) }, second!];
  const preprocessing = defaultPreprocessing(languages.map(({ language }) => language), 'whitespace');
  return { corpus: { ...corpus, languages }, descriptor: { preset: 'small' }, preprocessing, warnings: [] };
}

describe('writeDataset', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  it('writes what loadDataset reads back whole', async () => {
    const dataset = richDataset();
    const target = join(folder.path, 'deep', 'data');
    await writeDataset(target, dataset);
    const loaded = await loadDataset(target, { texts: true });
    expect(loaded.corpus).toEqual(dataset.corpus);
    expect(loaded.preprocessing).toEqual(dataset.preprocessing);
    expect(loaded.descriptor.preset).toBe('small');
    expect(await readdir(join(folder.path, 'deep'))).toEqual(['data']);
  });

  it('keeps a text with line ends on one line', async () => {
    const dataset = richDataset();
    const [first, second] = dataset.corpus.languages;
    const texts = ['one\r\ntwo', '\u2028', ' three\nfour '];
    await writeDataset(join(folder.path, 'data'), { ...dataset, corpus: { ...dataset.corpus, languages: [{ ...first!, train: { ...first!.train, texts } }, second!] } });
    expect(await readFile(join(folder.path, 'data', 'train_texts_en.txt'), 'utf8')).toBe('one two\n\nthree four\n');
  });

  it('does not touch a folder with files', async () => {
    await folder.write('precious.txt', 'mine');
    await expect(writeDataset(folder.path, richDataset())).rejects.toThrow(InvalidOptionError);
    expect(await readdir(folder.path)).toEqual(['precious.txt']);
  });

  it('takes the place of a dataset folder where it may, whatever a killed process left beside it', async () => {
    const target = join(folder.path, 'data');
    await mkdir(join(folder.path, '.data-new'));
    await writeDataset(target, richDataset());
    await writeFile(join(target, 'stale.txt'), '');
    await expect(writeDataset(target, richDataset())).rejects.toThrow('already holds files');
    await writeDataset(target, richDataset(), { replace: true });
    expect(await readdir(target)).not.toContain('stale.txt');
    expect(await readdir(folder.path)).toEqual(['data']);
  });

  it('replaces no folder that is none of a dataset', async () => {
    await folder.write('precious.txt', 'mine');
    await expect(writeDataset(folder.path, richDataset(), { replace: true })).rejects.toThrow(InvalidOptionError);
  });

  it('leaves nothing behind when it fails', async () => {
    const dataset = richDataset();
    const broken = { ...dataset, corpus: { ...dataset.corpus, dictionary: { languages: [0, 7], first: Int32Array.of(0), second: Int32Array.of(0) } as const } };
    await expect(writeDataset(join(folder.path, 'data'), broken)).rejects.toThrow();
    expect(await readdir(folder.path)).toEqual([]);
  });
});
