import { positivePairs } from '@xtm/backbones';
import type { SparseRows } from '@xtm/contracts';
import { writeDataset } from '@xtm/data';
import { syntheticCorpus, temporaryFolder } from '@xtm/data/testing';
import { SeededGenerator } from '@xtm/numeric';
import { useBackend } from '@xtm/tensor';
import { loadResources, workloadSchema } from './workload';

const EVERYTHING = ['dictionary', 'wordVectors', 'wordEmbeddings', 'documentEmbeddings', 'clusters'] as const;

function usedRows({ rows, indptr }: SparseRows): number {
  return Array.from({ length: rows }, (_, row) => row).filter((row) => indptr[row + 1]! > indptr[row]!).length;
}

describe('generated workload', () => {
  const workload = workloadSchema.parse({
    documents: 600,
    vocabulary: 500,
    dictionaryPairs: 900,
    dimensions: 8,
    topics: 4,
  });

  it('has the sizes asked for', async () => {
    const resources = await loadResources(workload, EVERYTHING);
    const [first, second] = resources.corpus.languages;
    expect([first!.train.rows.rows, second!.train.rows.rows, first!.vocabulary.length]).toEqual([600, 600, 500]);
    expect(resources.dictionary!.first).toHaveLength(900);
    expect(resources.documentEmbeddings!.map(({ rows, columns }) => [rows, columns])).toEqual([[600, 8], [600, 8]]);
    expect(resources.wordVectors!.map(({ rows }) => rows)).toEqual([500, 500]);
    expect(new Set(resources.clusters![0])).toEqual(new Set([0, 1, 2, 3]));
  });

  it('has documents of about 30 different words whose frequencies fall as in real text', async () => {
    const { corpus } = await loadResources(workload);
    const { rows } = corpus.languages[0]!.train;
    expect(Math.abs(rows.indices.length / rows.rows - 30)).toBeLessThan(3);
    const frequencies = new Int32Array(rows.columns);
    rows.indices.forEach((word) => frequencies[word]!++);
    const ordered = [...frequencies].sort((a, b) => b - a);
    expect(ordered[0]! / ordered[100]!).toBeGreaterThan(2.5);
  });

  it('is the same for the same seed, and another for another', async () => {
    const [same, again, other] = await Promise.all(
      [workload, workload, { ...workload, seed: 1 }].map((each) => loadResources(each, EVERYTHING)),
    );
    expect(again).toEqual(same);
    expect(other!.corpus.languages[0]!.train.rows.indices).not.toEqual(same!.corpus.languages[0]!.train.rows.indices);
  });

  it('gives the mutual information as many positives as Amazon Review has', async () => {
    await useBackend('cpu');
    const standard = workloadSchema.parse({ documents: 1 });
    const [first, second] = positivePairs(await loadResources(standard, ['dictionary', 'wordVectors']), 0.4);
    expect(Math.abs(first.indices.length / 43_161 - 1)).toBeLessThan(0.1);
    expect(Math.abs(usedRows(first) / 2_626 - 1)).toBeLessThan(0.1);
    expect(Math.abs(second.indices.length / 45_238 - 1)).toBeLessThan(0.1);
    expect(Math.abs(usedRows(second) / 4_664 - 1)).toBeLessThan(0.1);
  });
});

describe('workload of a dataset', () => {
  it('has its documents and dictionary', async () => {
    const folder = await temporaryFolder();
    try {
      const corpus = syntheticCorpus({ generator: new SeededGenerator(1) });
      const languages = corpus.languages.map(({ language }) => language);
      await writeDataset(folder.path, {
        corpus,
        descriptor: { languages },
        preprocessing: { version: 1, languages: [] },
        warnings: [],
      });
      const dictionary = await folder.write('pairs.txt', 'cn_0_0 en_0_0\n');
      const resources = await loadResources(workloadSchema.parse({ dataset: { folder: folder.path, dictionary } }), [
        'clusters',
      ]);
      expect(resources.corpus.languages.map(({ train }) => train.rows)).toEqual(
        corpus.languages.map(({ train }) => train.rows),
      );
      expect(resources.dictionary!.first).toHaveLength(1);
      expect(resources.clusters![0]).toHaveLength(40);
    } finally {
      await folder.remove();
    }
  });
});
