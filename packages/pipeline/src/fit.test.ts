import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { AbortedError, InvalidOptionError, MissingNeedError, TrainingDivergedError, type BackboneDefinition, type Corpus, type ModelChoice } from '@xtm/contracts';
import { syntheticCorpus } from '@xtm/data/testing';
import { SeededGenerator } from '@xtm/numeric';
import { useBackend } from '@xtm/tensor';
import { fit, type FitOptions } from './fit';
import { loadNeuralTopicModel } from './model/saved-model';
import { readRunEvents, type EpochEvent } from './run-folder/events';
import { RunFolder } from './run-folder/run-folder';
import { tinyBackbone } from './testing/tiny-backbone';

const TRAINING = { numTopics: 4, epochs: 6, batchSize: 16, learningRate: 0.05, halveEvery: 3, seed: 3 };

let corpus: Corpus;
let path: string;

beforeAll(async () => {
  await useBackend('wasm');
  corpus = syntheticCorpus({ generator: new SeededGenerator(1), trainDocuments: [50, 37] });
});
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'xtm-fit-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

/** Trains in the folder of the test; returns the losses of all epochs recorded there. */
async function train(options: Partial<FitOptions> = {}): Promise<EpochEvent['losses'][]> {
  const folder = RunFolder.open(path);
  try {
    (await fit({ corpus }, { model: tinyBackbone(), training: TRAINING, folder, ...options })).dispose();
  } finally {
    folder.close();
  }
  return readRunEvents(path).flatMap((event) => (event.type === 'epoch' ? [event.losses] : []));
}

describe('fit', () => {
  it('lowers the loss, records every epoch and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const losses = await train();
    expect(losses).toHaveLength(6);
    expect(losses.at(-1)!['loss']!).toBeLessThan(losses[0]!['loss']!);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('holds the number of tensors flat and decays the learning rate', async () => {
    await train();
    const epochs = readRunEvents(path).filter((event) => event.type === 'epoch');
    expect(new Set(epochs.map(({ numTensors }) => numTensors)).size).toBe(1);
    expect(epochs.map(({ learningRate }) => learningRate)).toEqual([0.05, 0.05, 0.05, 0.025, 0.025, 0.025]);
  });

  it('ends with the same losses, to the bit, when it is stopped in mid-epoch and resumed', async () => {
    const undisturbed = await train();
    rmSync(path, { recursive: true });
    const controller = new AbortController();
    const onProgress: FitOptions['onProgress'] = ({ done }) => {
      if (done > 3.4) controller.abort();
    };
    await expect(train({ signal: controller.signal, onProgress })).rejects.toThrow(AbortedError);
    expect(await train()).toEqual(undisturbed);
  });

  it('passes over a damaged checkpoint, with a warning, and still ends the same', async () => {
    const undisturbed = await train();
    const newest = readdirSync(join(path, 'checkpoints')).filter((name) => name.endsWith('.safetensors')).sort().at(-1)!;
    const file = join(path, 'checkpoints', newest);
    const bytes = readFileSync(file);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(file, bytes);
    expect(await train()).toEqual(undisturbed);
    expect(readFileSync(join(path, 'events.jsonl'), 'utf8')).toContain(`${newest} is damaged`);
  });

  it('gives other results for another seed', async () => {
    const first = await train();
    rmSync(path, { recursive: true });
    expect(await train({ training: { ...TRAINING, seed: 4 } })).not.toEqual(first);
  });

  it('finds the planted topics of every language', async () => {
    const model = await fit({ corpus }, { model: tinyBackbone(), training: { ...TRAINING, epochs: 40 } });
    for (const [index] of corpus.languages.entries()) {
      const planted = model.topics(4).map(({ words }) => new Set(words[index]!.map((word) => word.split('_')[1])));
      expect(planted.filter(({ size }) => size === 1).length).toBeGreaterThanOrEqual(3);
    }
    model.dispose();
  });

  it('saves a model that infers the same after loading', async () => {
    const model = await fit({ corpus }, { model: tinyBackbone(), training: TRAINING });
    await model.save(path);
    const loaded = loadNeuralTopicModel(path, () => tinyBackbone.definition);
    const rows = corpus.languages[1]!.test!.rows;
    expect((await loaded.transform(rows, 1)).means).toEqual((await model.transform(rows, 1)).means);
    expect(loaded.topics(5)).toEqual(model.topics(5));
    for (const matrix of loaded.topicWord) {
      for (let row = 0; row < matrix.rows; row++) {
        expect(matrix.data.subarray(row * matrix.columns, (row + 1) * matrix.columns).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
      }
    }
    model.dispose();
    loaded.dispose();
  });
});

/** The tiny backbone with a loss part that is no number in the n-th step. */
function failingAt(step: number): ModelChoice<BackboneDefinition> {
  const { definition } = tinyBackbone;
  const failing: BackboneDefinition = {
    ...definition,
    create: (...parameters) => {
      const backbone = definition.create(...parameters);
      let steps = 0;
      const forward: typeof backbone.forward = (batch, context) => {
        const output = backbone.forward(batch, context);
        steps += 1;
        if (steps !== step) return output;
        const part = tf.mul<tf.Scalar>(output.parts['reconstruction1']!, Number.NaN);
        return { ...output, loss: tf.add(output.parts['reconstruction0']!, part), parts: { ...output.parts, reconstruction1: part } };
      };
      return new Proxy(backbone, { get: (target, name) => (name === 'forward' ? forward : bound(target, name)) });
    },
  };
  return { definition: failing, options: {} };
}

/** Private fields are there on the object itself, not on what stands for it. */
function bound(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name);
  return typeof value === 'function' ? (value as (...parameters: unknown[]) => unknown).bind(target) : value;
}

describe('fit refuses', () => {
  it.each([
    [{ numTopics: 1 }, 'numTopics'],
    [{ numTopics: 88 }, 'numTopics'],
    [{ epochs: 0 }, 'epochs'],
    [{ learningRate: -1 }, 'learningRate'],
    [{ batchSize: 1.5 }, 'batchSize'],
    [{ seed: -1 }, 'seed'],
    [{ rounds: 3 } as object, 'rounds'],
  ])('%j', async (training, option) => {
    const attempt = fit({ corpus }, { model: tinyBackbone(), training: { ...TRAINING, ...training } });
    await expect(attempt).rejects.toThrow(InvalidOptionError);
    await expect(attempt).rejects.toMatchObject({ option });
  });

  it('a model whose needs nobody supplies, saying which', async () => {
    const needy: BackboneDefinition = { ...tinyBackbone.definition, needs: ['documentEmbeddings'] };
    await expect(fit({ corpus }, { model: { definition: needy, options: {} }, training: TRAINING })).rejects.toThrow(MissingNeedError);
  });

  it('to go on once a loss is not finite, and names epoch, batch, part and the last good checkpoint', async () => {
    const folder = RunFolder.open(path);
    const batches = 4;
    const attempt = fit({ corpus }, { model: failingAt(2 * batches + 2), training: { ...TRAINING, epochs: 9 }, folder });
    const checkpoint = join(path, 'checkpoints', 'epoch-00002.safetensors');
    await expect(attempt).rejects.toMatchObject({ constructor: TrainingDivergedError, epoch: 3, batch: 2, part: 'reconstruction1', advice: expect.stringContaining(checkpoint) as string });
    expect(folder.checkpoints.newest()).toMatchObject({ epoch: 2, file: checkpoint });
    expect(folder.events.read().filter(({ type }) => type === 'epoch')).toHaveLength(2);
    folder.close();
  });

  it('a learning rate that is too high, at its first epoch', async () => {
    const options = { model: tinyBackbone(), training: { ...TRAINING, learningRate: 1e38, epochs: 2 } };
    await expect(fit({ corpus }, options)).rejects.toThrow(TrainingDivergedError);
    await expect(fit({ corpus }, options)).rejects.toMatchObject({ epoch: 1, part: expect.stringMatching(/reconstruction|gradient/) });
  });
});
