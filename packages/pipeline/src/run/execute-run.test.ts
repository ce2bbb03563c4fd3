import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Corpus } from '@xtm/contracts';
import { readNpy } from '@xtm/data';
import { syntheticCorpus } from '@xtm/data/testing';
import { SeededGenerator } from '@xtm/numeric';
import { useBackend } from '@xtm/tensor';
import { fit } from '../fit';
import { tinyBackbone } from '../testing/tiny-backbone';
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
  const training = { numTopics: 4, epochs: 20, batchSize: 16, topWords: 5 };
  return {
    path,
    config: { settings: training, sources: {}, dataset: {}, backend: {}, versions: {}, paths: {} },
    corpus,
    topWords: 5,
    classifiers: ['linear'],
    preprocessing: { version: 1 },
    train: (folder, run) => fit({ corpus }, { backbone: tinyBackbone, training, folder, ...run }),
    ...overrides,
  };
}

function npy(name: string) {
  return readNpy(readFileSync(join(path, name)), name);
}

describe('executeRun', () => {
  it('writes the files that the field\'s scripts expect', async () => {
    await executeRun(input());
    for (const suffix of ['en', 'cn']) {
      const lines = readFileSync(join(path, `T5_${suffix}.txt`), 'utf8').trimEnd().split('\n');
      expect(lines).toHaveLength(4);
      for (const line of lines) expect(line.split(' ')).toHaveLength(5);
      expect(npy(`topicWord_${suffix}.npy`).shape).toEqual([4, 24]);
      for (const [split, documents] of [['train', 40], ['test', 8]] as const) {
        const { shape, data } = npy(`documentTopics_${suffix}_${split}.npy`);
        expect(shape).toEqual([documents, 4]);
        expect(Math.abs((data as Float32Array).reduce((a, b) => a + b, 0) - documents)).toBeLessThan(1e-3);
        expect(npy(`documentMeans_${suffix}_${split}.npy`).shape).toEqual([documents, 4]);
      }
      expect(readFileSync(join(path, `vocabulary_${suffix}.txt`), 'utf8').trimEnd().split('\n')).toHaveLength(24);
    }
    expect(existsSync(join(path, 'model.safetensors'))).toBe(true);
    expect(existsSync(join(path, 'lock.json'))).toBe(false);
  });

  it('says how good the topics are: planted topics are unique and tell their labels', async () => {
    const { evaluation } = await executeRun(input());
    expect(evaluation.topicUniqueness.mean).toBeGreaterThan(0.7);
    expect(Object.keys(evaluation.heldOutNpmi!.byLanguage)).toEqual(['en', 'zh-Hans']);
    const intra = evaluation.classification.linear!.filter(({ kind }) => kind === 'I');
    expect(intra.map(({ testLanguage }) => testLanguage)).toEqual(['en', 'zh-Hans']);
    for (const { accuracy } of intra) expect(accuracy).toBeGreaterThan(0.7);
    expect(evaluation.leftOut).toEqual([]);
    expect(JSON.parse(readFileSync(join(path, 'metrics.json'), 'utf8'))).toEqual(evaluation);
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
    expect(evaluation.heldOutNpmi).toBeUndefined();
    expect(evaluation.leftOut.map(({ metric }) => metric)).toEqual(['heldOutNpmi', 'classification']);
  });
});
