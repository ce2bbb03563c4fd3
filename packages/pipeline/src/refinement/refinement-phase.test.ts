import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { AbortedError, MissingNeedError, type ModelResources } from '@xtm/contracts';
import { syntheticCorpus } from '@xtm/data/testing';
import { SeededGenerator } from '@xtm/numeric';
import { useBackend } from '@xtm/tensor';
import { fit, type FitOptions } from '../fit';
import type { EpochEvent } from '../run-folder/events';
import { RunFolder } from '../run-folder/run-folder';
import { plantedTopic, PlantedEmbedder, PlantedRefiner } from '../testing/planted-components';
import { tinyBackbone } from '../testing/tiny-backbone';
import type { RefinementOptions } from './refinement-settings';

const TRAINING = { numTopics: 4, epochs: 3, batchSize: 16, learningRate: 0.05, halveEvery: 3, seed: 3 };
const PHASE_TWO: RefinementOptions = {
  epochs: 6,
  refineEvery: 4,
  rounds: 3,
  topWords: 6,
  refinedWords: 6,
  wordLossWeight: 200,
  alignmentWeight: 20,
  learningRateFactor: 0.3,
};

let resources: ModelResources;
let embedder: PlantedEmbedder;
let vocabularies: readonly (readonly string[])[];
let path: string;

beforeAll(async () => {
  await useBackend('wasm');
  const corpus = syntheticCorpus({ generator: new SeededGenerator(1), trainDocuments: [50, 37] });
  vocabularies = corpus.languages.map(({ vocabulary }) => vocabulary);
  embedder = new PlantedEmbedder(4, vocabularies);
  resources = {
    corpus,
    wordEmbeddings: await Promise.all(vocabularies.map((words) => embedder.embedWords(words))),
    documentEmbeddings: await Promise.all(
      corpus.languages.map(({ train }, languageIndex) => embedder.embedDocuments({ rows: train.rows, languageIndex })),
    ),
  };
});
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'xtm-refine-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

function epochsOf({ events }: RunFolder): EpochEvent[] {
  return events.read().filter((event) => event.type === 'epoch');
}

async function train(
  options: RefinementOptions = {},
  {
    refiner = new PlantedRefiner(vocabularies),
    ...fitOptions
  }: Partial<FitOptions> & { refiner?: PlantedRefiner } = {},
) {
  const folder = RunFolder.open(path);
  try {
    const model = await fit(resources, {
      model: tinyBackbone(),
      training: TRAINING,
      folder,
      refinement: { refiner, embedder, options: { ...PHASE_TWO, ...options } },
      ...fitOptions,
    });
    return { model, refiner, epochs: epochsOf(folder), folder };
  } finally {
    folder.close();
  }
}

describe('phase 2', () => {
  it('refines at its first epoch and every f epochs, R rounds each, with the learning rate reset and tensors flat', async () => {
    const before = tf.memory().numTensors;
    const { model, refiner, epochs } = await train();
    model.dispose();
    expect(refiner.calls).toBe(2 * 3);
    expect(epochs.map(({ stage }) => stage)).toEqual([...Array(3).fill('training'), ...Array(6).fill('refining')]);
    // The step decay keeps its own count: halved after epochs 3, 6 and 9; reset once, after the first of them.
    expect(epochs.map(({ learningRate }) => learningRate)).toEqual([
      0.05, 0.05, 0.05, 0.015, 0.015, 0.015, 0.0075, 0.0075, 0.0075,
    ]);
    expect(new Set(epochs.slice(3).map(({ numTensors }) => numTensors)).size).toBe(1);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('pulls topics towards the refined words and documents towards their embeddings', async () => {
    const { model, epochs } = await train(
      { epochs: 20, refineEvery: 20, learningRateFactor: 1 },
      { training: { ...TRAINING, halveEvery: 100 } },
    );
    const refining = epochs.slice(3);
    expect(refining.at(-1)!.losses['words']!).toBeLessThan(0.5 * refining[0]!.losses['words']!);
    expect(refining.at(-1)!.losses['alignment']!).toBeLessThan(0.7 * refining[0]!.losses['alignment']!);
    for (const { words } of model.topics(6))
      expect(new Set(words.flat().map(plantedTopic)).size).toBeLessThanOrEqual(2);
    model.dispose();
  });

  it('records every round and every refinement', async () => {
    (await train()).model.dispose();
    const rounds = readFileSync(join(path, 'refinements.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { epoch: number; round: number });
    expect(rounds.map(({ epoch, round }) => [epoch, round])).toEqual([
      [4, 0],
      [4, 1],
      [4, 2],
      [8, 0],
      [8, 1],
      [8, 2],
    ]);
    const refinements = readFileSync(join(path, 'events.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line.includes('"refinement"'));
    expect(refinements).toHaveLength(2);
    expect(refinements[0]).toContain('"theme":"planted');
    const { topics, before } = JSON.parse(refinements[0]!) as { topics: unknown[]; before: string[][][] };
    expect(before).toHaveLength(topics.length);
    for (const words of before) expect(words.map(({ length }) => length)).toEqual([6, 6]);
  });

  it.each([4.5, 6.3, 8.2])(
    'ends with the same losses, to the bit and without another call, when stopped at epoch %d and resumed',
    async (stopAt) => {
      const undisturbed = await train();
      undisturbed.model.dispose();
      rmSync(path, { recursive: true });
      const controller = new AbortController();
      const refiner = new PlantedRefiner(vocabularies);
      const onProgress: FitOptions['onProgress'] = ({ stage, done }) => {
        if (stage === 'refining' && done > stopAt - 3) controller.abort();
      };
      await expect(train({}, { signal: controller.signal, onProgress, refiner })).rejects.toThrow(AbortedError);
      const resumed = await train({}, { refiner });
      resumed.model.dispose();
      expect(refiner.calls).toBe(2 * 3);
      const losses = ({ epochs }: { epochs: readonly EpochEvent[] }) =>
        epochs.map(({ epoch, losses: parts }) => [epoch, parts]);
      expect(losses(resumed)).toEqual(losses(undisturbed));
    },
  );

  it.each<[RefinementOptions, readonly string[]]>([
    [{ wordLoss: 'none' }, ['alignment']],
    [{ alignment: 'none' }, ['words']],
    [{ wordLoss: 'transport' }, ['words', 'alignment']],
    [{ kernels: 'multiple', distribution: 'released', alignment: 'released' }, ['words', 'alignment']],
  ])('with %j adds %j to the loss', async (options, added) => {
    const { model, epochs } = await train({ ...options, epochs: 2 });
    model.dispose();
    const { loss, ...parts } = epochs.at(-1)!.losses;
    expect(Object.keys(parts)).toEqual(['reconstruction0', 'reconstruction1', ...added]);
    expect(Object.values(parts).reduce((a, b) => a + b, 0)).toBeCloseTo(loss!, 2);
    expect(Object.values(parts).every(Number.isFinite)).toBe(true);
  });

  it('refuses to start without the embeddings that it needs', async () => {
    const { corpus } = resources;
    const refinement = { refiner: new PlantedRefiner(vocabularies), embedder };
    await expect(fit({ corpus }, { model: tinyBackbone(), training: TRAINING, refinement })).rejects.toThrow(
      MissingNeedError,
    );
  });

  it('changes nothing in phase 1: its epochs have the losses of a run without phase 2', async () => {
    const { model, epochs } = await train();
    model.dispose();
    rmSync(path, { recursive: true });
    const folder = RunFolder.open(path);
    (await fit({ corpus: resources.corpus }, { model: tinyBackbone(), training: TRAINING, folder })).dispose();
    folder.close();
    const alone = epochsOf(folder);
    expect(epochs.slice(0, 3).map(({ losses }) => losses)).toEqual(alone.map(({ losses }) => losses));
  });
});
