import {
  AbortedError,
  type DenseMatrix,
  EmptyCorpusError,
  type FittedBaseline,
  InvalidOptionError,
  MissingNeedError,
} from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { recoveredShare } from '../testing/recovered-share';
import { rowSums } from '../testing/row-sums';
import { syntheticCorpus } from '../testing/synthetic-corpus';
import type { AnchorModel } from './anchor-model';
import { mtanchor } from './mtanchor';
import { anchorRows } from './recover-topics';

const synthetic = syntheticCorpus({ generator: new SeededGenerator(1), documents: 1500, wordsPerDocument: 60 });
const { resources } = synthetic;
const options = { anchorThreshold: 0.05 };
const fit = async (runOptions = {}) => mtanchor.definition.fit(resources, 6, options, new SeededGenerator(2), runOptions);

/** Row-normalised co-occurrence [vocabulary, vocabulary] of the model a language was drawn from: Σ_d (A·θ_d)·(A·θ_d)ᵀ. */
function trueCooccurrence(topicWord: DenseMatrix, proportions: DenseMatrix): Float64Array[] {
  const words = topicWord.columns;
  const pairs = Array.from({ length: words }, () => new Float64Array(words));
  for (let document = 0; document < proportions.rows; document++) {
    const mixture = Float64Array.from({ length: words }, (_, word) => mixtureOf(topicWord, proportions, document, word));
    pairs.forEach((row, first) => mixture.forEach((probability, second) => {
      row[second]! += mixture[first]! * probability;
    }));
  }
  return pairs.map((row) => {
    const total = row.reduce((sum, value) => sum + value, 0);
    return row.map((value) => value / total);
  });
}

function mixtureOf(topicWord: DenseMatrix, proportions: DenseMatrix, document: number, word: number): number {
  let sum = 0;
  for (let k = 0; k < topicWord.rows; k++) sum += proportions.data[document * proportions.columns + k]! * topicWord.data[k * topicWord.columns + word]!;
  return sum;
}

let fitted: FittedBaseline;
beforeAll(async () => {
  fitted = await fit();
});

describe('mtanchor', () => {
  it('finds the topics a bilingual corpus was drawn from, with an anchor pair in each', () => {
    const { model, documentTopics } = fitted;
    expect(recoveredShare(model, synthetic.topicWord)).toBeGreaterThanOrEqual(0.7);
    const anchors = (model as AnchorModel).anchors.map((anchor) => Number(anchor[0]![0]!.slice(2)));
    expect(new Set(anchors.map((word) => Math.floor(word / 10))).size).toBe(6);
    for (const matrix of [...model.topicWord, ...documentTopics.map(({ proportions }) => proportions)]) {
      for (const sum of rowSums(matrix)) expect(sum).toBeCloseTo(1, 4);
    }
  });

  it('reconstructs the co-occurrence of the model that the corpus was drawn from', () => {
    const { model } = fitted;
    const { basis, anchors, recovered } = model as AnchorModel;
    for (const [language, cooccurrence] of basis.cooccurrences.entries()) {
      const truth = trueCooccurrence(synthetic.topicWord[language]!, synthetic.proportions[language]!);
      const rows = anchorRows(cooccurrence, anchors.map((anchor) => [basis.vocabularies[language]!.indexOf(anchor[language]![0]!)]));
      const { topicShares } = recovered[language]!;
      truth.forEach((row, word) => {
        const rebuilt = row.map((_, other) => dotRows(topicShares.data, word, rows.data, other, rows.topics));
        const difference = row.reduce((sum, value, other) => sum + Math.abs(value - rebuilt[other]!), 0);
        expect(difference).toBeLessThan(0.12);
      });
    }
  });

  it('recovers topic-word probabilities close to the true ones', () => {
    const { model } = fitted;
    for (const [language, matrix] of model.topicWord.entries()) {
      const truth = synthetic.topicWord[language]!;
      for (let topic = 0; topic < 6; topic++) {
        const distances = Array.from({ length: 6 }, (_, candidate) => rowDistance(truth, topic, matrix, candidate));
        expect(Math.min(...distances)).toBeLessThan(0.3);
      }
    }
  });

  it('stops when asked to', async () => {
    const controller = new AbortController();
    const running = fit({ signal: controller.signal, onProgress: ({ done }: { done: number }) => done === 3 && controller.abort() });
    await expect(running).rejects.toThrow(AbortedError);
  });

  it('says what it cannot work with', async () => {
    const generator = new SeededGenerator(1);
    await expect(mtanchor.definition.fit({ corpus: resources.corpus }, 6, {}, generator)).rejects.toThrow(MissingNeedError);
    await expect(mtanchor.definition.fit(resources, 6, { anchorThreshold: 1 }, generator)).rejects.toThrow(EmptyCorpusError);
    await expect(mtanchor.definition.fit(resources, 2.5, {}, generator)).rejects.toThrow(InvalidOptionError);
    expect(() => mtanchor.definition.resolveOptions({ anchorThreshold: 2 })).toThrow(InvalidOptionError);
    expect(mtanchor.definition.resolveOptions({})).toEqual({ anchorThreshold: 0.008, tolerance: 2e-7, documentPrior: 0.1 });
  });
});

function dotRows(first: Float64Array, firstRow: number, second: Float64Array, secondRow: number, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += first[firstRow * length + k]! * second[secondRow * length + k]!;
  return sum;
}

function rowDistance(first: DenseMatrix, firstRow: number, second: DenseMatrix, secondRow: number): number {
  let sum = 0;
  for (let c = 0; c < first.columns; c++) sum += Math.abs(first.data[firstRow * first.columns + c]! - second.data[secondRow * second.columns + c]!);
  return sum;
}
