import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Corpus } from '@xtm/contracts';
import { defaultPreprocessing, readNpy } from '@xtm/data';
import { syntheticCorpus } from '@xtm/data/testing';
import { npmi } from '@xtm/metrics';
import { SeededGenerator } from '@xtm/numeric';
import { useBackend } from '@xtm/tensor';
import { fit } from '../fit';
import { tinyBackbone } from '../testing/tiny-backbone';
import { readEvaluation } from '../run-folder/metrics';
import { readRunTopics } from '../run-folder/topics';
import { configOf } from '../testing/run-config';
import { executeRun, type RunInput } from './execute-run';

let path: string;
let corpus: Corpus;

beforeAll(async () => {
  await useBackend('wasm');
  corpus = syntheticCorpus({ generator: new SeededGenerator(1) });
});
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'xtm-run-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

function input(overrides: Partial<RunInput> = {}): RunInput {
  const training = { numTopics: 4, epochs: 20, batchSize: 16, learningRate: 0.05, halveEvery: 20, topWords: 5 };
  return {
    path,
    config: configOf(training),
    corpus,
    topWords: 5,
    classifiers: ['linear'],
    preprocessing: defaultPreprocessing(corpus.languages.map(({ language }) => language)),
    train: (folder, run) => fit({ corpus }, { model: tinyBackbone(), training, folder, ...run }),
    ...overrides,
  };
}

function npy(name: string) {
  return readNpy(readFileSync(join(path, name)), name);
}

function topicLines(suffix: string): string[][] {
  return readFileSync(join(path, `T5_${suffix}.txt`), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' '));
}

describe('executeRun', () => {
  it("writes the files that the field's scripts expect", async () => {
    await executeRun(input());
    for (const suffix of ['en', 'cn']) {
      expect(topicLines(suffix).map(({ length }) => length)).toEqual([5, 5, 5, 5]);
      expect(npy(`topicWord_${suffix}.npy`).shape).toEqual([4, 24]);
      for (const [split, documents] of [
        ['train', 40],
        ['test', 8],
      ] as const) {
        const { shape, data } = npy(`documentTopics_${suffix}_${split}.npy`);
        expect(shape).toEqual([documents, 4]);
        expect(Math.abs((data as Float32Array).reduce((a, b) => a + b, 0) - documents)).toBeLessThan(1e-3);
        expect(npy(`documentMeans_${suffix}_${split}.npy`).shape).toEqual([documents, 4]);
      }
      expect(
        readFileSync(join(path, `vocabulary_${suffix}.txt`), 'utf8')
          .trimEnd()
          .split('\n'),
      ).toHaveLength(24);
    }
    expect(existsSync(join(path, 'model.safetensors'))).toBe(true);
    expect(existsSync(join(path, 'lock.json'))).toBe(false);
  });

  it("keeps what documents say of words apart from the decoder's weights", async () => {
    await executeRun(input());
    const {
      train: { rows },
      vocabulary,
    } = corpus.languages[0]!;
    const proportions = npy('documentTopics_en_train.npy').data as Float32Array;
    const counts = new Float64Array(4 * vocabulary.length);
    for (let d = 0; d < rows.rows; d++) {
      for (let i = rows.indptr[d]!; i < rows.indptr[d + 1]!; i++) {
        for (let k = 0; k < 4; k++)
          counts[k * vocabulary.length + rows.indices[i]!]! += proportions[4 * d + k]! * rows.values[i]!;
      }
    }
    const { data } = npy('topicWord_en.npy');
    for (let k = 0; k < 4; k++) {
      const row = counts.subarray(k * vocabulary.length, (k + 1) * vocabulary.length);
      const sum = row.reduce((a, b) => a + b, 0);
      row.forEach((count, word) => expect(data[k * vocabulary.length + word]).toBeCloseTo(count / sum, 6));
      const weights = (npy('topicWeights_en.npy').data as Float32Array).subarray(
        k * vocabulary.length,
        (k + 1) * vocabulary.length,
      );
      const heaviest = [...weights.keys()].sort((a, b) => weights[b]! - weights[a]!).slice(0, 5);
      expect(topicLines('en')[k]).toEqual(heaviest.map((word) => vocabulary[word]));
    }
  });

  it('says how good the topics are: planted topics are unique, coherent, paired, and tell their labels', async () => {
    const { evaluation } = await executeRun(input());
    const { measures } = evaluation;
    expect(evaluation).toMatchObject({ languages: ['en', 'zh-Hans'], numTopics: 4, topWords: 5 });
    expect(measures.topicUniqueness!.mean).toBeGreaterThan(0.7);
    const { topics, ranking } = readRunTopics(path);
    expect(ranking).toBe('characteristic');
    const listed = (suffix: string) => topics.map(({ words }) => words[suffix]!.map(({ word }) => word));
    expect(measures.npmi!.perLanguage).toEqual(
      corpus.languages.map(
        ({ test, vocabulary, language }) => npmi(listed(language.suffix), { rows: test!.rows, vocabulary }).mean,
      ),
    );
    expect(measures.dictionaryAgreement![0]).toMatchObject({ languages: ['en', 'zh-Hans'], coverage: 1 });
    expect(measures.perplexity!.mean).toBeLessThan(24);
    const [linear, ...others] = measures.classification!;
    expect(others).toEqual([]);
    expect(linear).toMatchObject({ classifier: 'linear', features: 'means' });
    const intra = linear!.results.filter(({ kind }) => kind === 'I');
    expect(intra.map(({ testLanguage }) => testLanguage)).toEqual(['en', 'zh-Hans']);
    for (const { accuracy } of intra) expect(accuracy).toBeGreaterThan(0.7);
    expect(evaluation.omitted.map(({ measure }) => measure)).toEqual([
      'cnpmi',
      'topicQuality',
      'embeddingAlignment',
      'mateRetrieval',
      'llmRatings',
    ]);
    expect(readEvaluation(path)).toEqual(evaluation);
  });

  it('does nothing when the run is finished, and resumes when results are missing', async () => {
    const first = await executeRun(input());
    const again = await executeRun(input({ train: () => Promise.reject(new Error('trained twice')) }));
    expect(again).toEqual({ ...first, trained: false });
    rmSync(join(path, 'metrics.json'));
    expect(await executeRun(input())).toEqual(first);
  });

  it('says what it left out, and why', async () => {
    const [first, second] = corpus.languages.map(({ test: _, ...language }) => language);
    const { evaluation } = await executeRun(input({ corpus: { ...corpus, languages: [first!, second!] } }));
    expect(evaluation.measures.npmi).toBeUndefined();
    expect(evaluation.omitted).toContainEqual({
      measure: 'npmi',
      reason: 'there are no held-out documents in en and zh-Hans',
    });
    expect(evaluation.omitted.map(({ measure }) => measure)).toEqual(
      expect.arrayContaining(['perplexity', 'classification', 'purity', 'languageBalance']),
    );
  });
});
