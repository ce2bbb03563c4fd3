import * as tf from '@tensorflow/tfjs-core';
import type { Corpus, FeatureStatistics, Normalisation, SparseRows, TopicEncoder } from '@xtm/contracts';
import { syntheticCorpus } from '@xtm/data/testing';
import { SeededGenerator } from '@xtm/numeric';
import { useBackend } from '@xtm/tensor';
import { poolStatistics, settleNormalisation } from './settle-normalisation';

/** The first two counts of a document, far from 0, in place of activations. */
function firstCounts(rows: SparseRows): number[] {
  return Array.from({ length: rows.rows }, (_, row) => {
    const counts = [1000, 1000];
    for (let i = rows.indptr[row]!; i < rows.indptr[row + 1]!; i++)
      if (rows.indices[i]! < 2) counts[rows.indices[i]!]! += rows.values[i]!;
    return counts;
  }).flat();
}

class RecordingEncoder implements TopicEncoder {
  readonly parameters = new Map();
  readonly buffers = new Map();
  settled: readonly FeatureStatistics[] = [];
  readonly inferenceNormalisation;

  constructor(normalisation: Normalisation) {
    this.inferenceNormalisation = {
      normalisation,
      activations: (rows: SparseRows) => tf.tensor2d(firstCounts(rows), [rows.rows, 2]),
      settle: (statistics: readonly FeatureStatistics[]) => {
        this.settled = statistics;
      },
    };
  }

  infer(): never {
    throw new Error('nothing is inferred');
  }

  dispose(): void {}
}

async function settledBy(normalisation: Normalisation, corpus: Corpus): Promise<readonly FeatureStatistics[]> {
  const encoder = new RecordingEncoder(normalisation);
  await settleNormalisation(encoder, corpus);
  return encoder.settled;
}

/** Straight from the definition. */
function statisticsOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

describe('settleNormalisation', () => {
  let corpus: Corpus;
  beforeAll(async () => {
    await useBackend('cpu');
    // More documents than fit one batch, and not as many in each language.
    corpus = syntheticCorpus({ generator: new SeededGenerator(1), trainDocuments: [700, 90] });
  });

  it('measures each language exactly, however the documents are cut into batches', async () => {
    const settled = await settledBy('per-language', corpus);
    corpus.languages.forEach(({ train }, language) => {
      const values = firstCounts(train.rows);
      for (const feature of [0, 1]) {
        const { mean, variance } = statisticsOf(values.filter((_, i) => i % 2 === feature));
        expect(settled[language]!.mean[feature]).toBeCloseTo(mean, 9);
        expect(settled[language]!.variance[feature]).toBeCloseTo(variance, 9);
      }
    });
  });

  it('lets every language weigh the same where they are joined, as a training batch does', async () => {
    const perLanguage = await settledBy('per-language', corpus);
    const joint = await settledBy('joint', corpus);
    expect(joint).toEqual([poolStatistics(perLanguage), poolStatistics(perLanguage)]);
    const [first, second] = corpus.languages.map(({ train }) => firstCounts(train.rows).filter((_, i) => i % 2 === 0));
    const repeated = [
      ...Array.from({ length: 90 }, () => first!).flat(),
      ...Array.from({ length: 700 }, () => second!).flat(),
    ];
    const { mean, variance } = statisticsOf(repeated);
    expect(joint[0]!.mean[0]).toBeCloseTo(mean, 8);
    expect(joint[0]!.variance[0]).toBeCloseTo(variance, 6);
  });

  it('leaves an encoder alone that keeps to its running statistics, and lets go of every tensor', async () => {
    expect(await settledBy('running', corpus)).toEqual([]);
    const before = tf.memory().numTensors;
    await settledBy('joint', corpus);
    expect(tf.memory().numTensors).toBe(before);
  });
});
