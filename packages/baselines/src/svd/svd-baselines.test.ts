import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AbortedError, type DenseMatrix, InvalidOptionError, MissingNeedError } from '@xtm/contracts';
import { sparseRowsFromMaps } from '@xtm/data';
import { SeededGenerator } from '@xtm/numeric';
import { recoveredShare } from '../testing/recovered-share';
import { rowSums } from '../testing/row-sums';
import { syntheticCorpus } from '../testing/synthetic-corpus';
import type { ClusterModel } from './cluster-model';
import { classTfIdf, svdLr, uSvd } from './svd-baselines';

const synthetic = syntheticCorpus({ generator: new SeededGenerator(1) });
const { resources } = synthetic;
const [first, second] = resources.documentEmbeddings;

describe.each([uSvd.definition, svdLr.definition])('$name', (definition) => {
  const fit = async (runOptions = {}) => definition.fit(resources, 6, {}, new SeededGenerator(2), runOptions);

  it('finds the topics a bilingual corpus was drawn from', async () => {
    const { model, documentTopics } = await fit();
    expect(model.name).toBe(definition.name);
    expect(recoveredShare(model, synthetic.topicWord)).toBeGreaterThanOrEqual(0.7);
    for (const matrix of [...model.topicWord, ...documentTopics.map(({ proportions }) => proportions)]) {
      for (const sum of rowSums(matrix)) expect(sum).toBeCloseTo(1, 4);
    }
  });

  it('places embeddings as it placed the training documents, also after saving and loading', async () => {
    const { model, documentTopics } = await fit();
    const folder = await mkdtemp(join(tmpdir(), 'svd-'));
    await model.save(folder);
    const loaded = (await definition.load(folder)) as ClusterModel;
    await rm(folder, { recursive: true });
    expect(loaded.topicWord).toEqual(model.topicWord);
    for (const [language, embeddings] of [first!, second!].entries()) {
      const placed = await loaded.transformEmbeddings(embeddings);
      expect(placed.proportions).toEqual(documentTopics[language]!.proportions);
      placed.means!.data.forEach((cosine, i) =>
        expect(cosine).toBeCloseTo(documentTopics[language]!.means!.data[i]!, 4),
      );
    }
  });

  it('folds bags of words into the clusters that hold most of the same documents', async () => {
    const { model, documentTopics } = await fit();
    const { proportions } = await model.transform(resources.corpus.languages[1]!.train.rows, 1);
    const agree = Array.from({ length: proportions.rows }, (_, row) => {
      const own = proportions.data.subarray(row * 6, (row + 1) * 6);
      return documentTopics[1]!.proportions.data[row * 6 + own.indexOf(Math.max(...own))] === 1;
    });
    expect(agree.filter(Boolean).length / agree.length).toBeGreaterThan(0.8);
  });

  it('says what it cannot work with', async () => {
    const generator = new SeededGenerator(1);
    await expect(definition.fit({ corpus: resources.corpus }, 6, {}, generator)).rejects.toThrow(MissingNeedError);
    await expect(definition.fit({ ...resources, documentEmbeddings: [first!] }, 6, {}, generator)).rejects.toThrow(
      InvalidOptionError,
    );
    await expect(fit({ signal: AbortSignal.abort() })).rejects.toThrow(AbortedError);
    expect(definition.resolveOptions({ dimensions: 20 })).toEqual({ dimensions: 20, starts: 4, documentPrior: 0.1 });
  });
});

it('svd-lr mixes the languages where u-svd clusters by language', async () => {
  const generator = new SeededGenerator(3);
  // The first dimension is the language, the others are noise.
  const embed = (language: number): DenseMatrix => ({
    rows: 400,
    columns: 4,
    data: Float32Array.from({ length: 1600 }, (_, i) => (i % 4 === 0 ? 20 * language - 10 : 0) + generator.normal()),
  });
  const apart = { ...resources, documentEmbeddings: [embed(0), embed(1)] };
  const mixing = async ({ definition }: typeof uSvd): Promise<number> => {
    const { documentTopics } = await definition.fit(apart, 2, {}, new SeededGenerator(2));
    const [here, there] = documentTopics.map(
      ({ proportions }) => proportions.data.filter((_, i) => i % 2 === 0).reduce((sum, share) => sum + share, 0) / 400,
    );
    return 1 - Math.abs(here! - there!);
  };
  expect(await mixing(uSvd)).toBeLessThan(0.05);
  expect(await mixing(svdLr)).toBeGreaterThan(0.8);
});

const bags = (...documents: readonly (readonly number[])[]) =>
  sparseRowsFromMaps(documents.map((counts) => new Map([...counts.entries()].filter(([, count]) => count > 0))), 2);

describe('classTfIdf', () => {
  it('weighs a word by its share of its cluster, in all languages, and by its rarity over all clusters', () => {
    const first = bags([2, 1], [0, 3]);
    const second = bags([1, 0], [4, 1]);
    const [english, german] = classTfIdf([first, second], [Int32Array.of(0, 1), Int32Array.of(0, 1)], 2);
    // Clusters hold 4 and 8 words, so A = 6; the words occur 2, 4, 5 and 1 times.
    expect(english!.data[0]).toBeCloseTo((2 / 4) * Math.log(1 + 6 / 2), 6);
    expect(english!.data[1]).toBe(0);
    expect(english!.data[2]).toBeCloseTo((1 / 4) * Math.log(1 + 6 / 4), 6);
    expect(english!.data[3]).toBeCloseTo((3 / 8) * Math.log(1 + 6 / 4), 6);
    expect(german!.data[0]).toBeCloseTo((1 / 4) * Math.log(1 + 6 / 5), 6);
    expect(german!.data[3]).toBeCloseTo((1 / 8) * Math.log(1 + 6 / 1), 6);
  });

  it('gives no word a score in a cluster without words, nor a word that never occurs in any', () => {
    const [scores] = classTfIdf([bags([3, 0], [0, 0])], [Int32Array.of(0, 1)], 2);
    expect(scores!.data).toEqual(Float64Array.of(Math.log(1 + 1.5 / 3), 0, 0, 0));
  });
});
