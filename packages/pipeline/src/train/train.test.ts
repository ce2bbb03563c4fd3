import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nmtm, xtra } from '@xtm/backbones';
import { uSvd } from '@xtm/baselines';
import { AbortedError, InvalidOptionError, MissingNeedError, modelFactory } from '@xtm/contracts';
import type { Dataset } from '@xtm/data';
import * as tf from '@tensorflow/tfjs-core';
import { readRunConfig } from '../run-folder/config';
import { themeDataset, THEMES, TRANSLATED, wordEmbedder } from '../testing/themes';
import { openRun } from './open-run';
import { train } from './train';
import type { TrainOptions } from './train-options';

let dataset: Dataset;
let folder: string;
beforeAll(async () => {
  dataset = await themeDataset();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-train-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = (more: Partial<TrainOptions> = {}): TrainOptions => ({
  corpus: dataset, model: nmtm(), numTopics: 3, epochs: 60, batchSize: 24, learningRate: 0.01, seed: 1, classifiers: ['linear'], backend: 'wasm', ...more,
});

describe('train', () => {
  it('finds topics of texts in memory, infers new texts and writes nothing', async () => {
    const plans: unknown[] = [];
    const run = await train(options({ onStart: (plan) => plans.push(plan) }));
    expect(plans).toMatchObject([{ model: 'nmtm', training: { numTopics: 3, epochs: 60 }, backend: { name: 'wasm' } }]);
    const topics = await run.topics(4);
    const themes = topics.map(({ words }) => THEMES.findIndex((theme) => theme.includes(words['en']![0]!.word)));
    expect([...themes].sort()).toEqual([0, 1, 2]);
    topics.forEach(({ words }, topic) => {
      expect(words['en']!.map(({ word }) => word).sort()).toEqual([...THEMES[themes[topic]!]!].sort());
      expect(words['de']!.map(({ word }) => word).sort()).toEqual(words['en']!.map(({ word }) => TRANSLATED.get(word)).sort());
    });
    const [inferred] = await run.infer(['Guitar, guitar: a singer!'], 'en');
    expect(themes[inferred!.mainTopic]).toBe(0);
    const [first] = await run.documents('de');
    expect(first).toMatchObject({ id: expect.stringMatching(/^de/), label: expect.stringMatching(/^theme/), shares: expect.any(Array) });
    expect(`theme ${themes[first!.mainTopic]}`).toBe(first!.label);
    expect(JSON.parse(JSON.stringify({ topics, inferred }))).toEqual({ topics, inferred });
    expect(run.evaluation.measures.classification![0]!.results.every(({ accuracy }) => accuracy > 0.9)).toBe(true);
    run.dispose();
    expect(readdirSync(folder)).toEqual([]);
  }, 60_000);

  it('goes on with the backend that a run was begun with, unless another is asked for', async () => {
    const begun = await train(options({ epochs: 1, folder, backend: 'cpu' }));
    begun.dispose();
    const again = await train(options({ epochs: 1, folder, backend: 'auto' }));
    expect(again.trained).toBe(false);
    again.dispose();
    await expect(train(options({ epochs: 1, folder, backend: 'wasm' }))).rejects.toThrow('backend.name was "cpu", is "wasm"');
  }, 60_000);

  it('keeps the same run in a folder, finds it finished the next time, and opens it', async () => {
    const inMemory = await train(options({ epochs: 3 }));
    const kept = await train(options({ epochs: 3, folder }));
    expect(kept.trained).toBe(true);
    expect(await kept.topics()).toEqual(await inMemory.topics());
    const again = await train(options({ epochs: 3, folder }));
    expect(again.trained).toBe(false);
    const opened = await openRun(folder);
    expect(await opened.topics()).toEqual(await inMemory.topics());
    expect(await opened.infer(['guitar tree'], 'en')).toEqual(await inMemory.infer(['guitar tree'], 'en'));
    expect(opened.evaluation).toEqual(kept.evaluation);
    await expect(opened.documents('en')).rejects.toThrow('corpus: is needed for documents');
    expect(readRunConfig(folder)).toMatchObject({ settings: { model: 'nmtm', epochs: 3, seed: 1 }, dataset: { name: 'themes', dictionaryPairs: 12 } });
    await expect(train(options({ epochs: 4, folder }))).rejects.toThrow('epochs was 3, is 4');
    for (const run of [inMemory, kept, again, opened]) run.dispose();
  }, 60_000);

  it('names, merges and hides topics, in memory as in a folder', async () => {
    const [inMemory, kept] = [await train(options({ epochs: 2 })), await train(options({ epochs: 2, folder }))];
    for (const run of [inMemory, kept]) {
      run.rename(1, 'Gardens');
      run.merge(0, 2);
      expect((await run.topics(2)).map(({ index, name, members }) => ({ index, name, members }))).toEqual([
        { index: 0, name: undefined, members: [0, 2] }, { index: 1, name: 'Gardens', members: [1] },
      ]);
      expect((await run.documents('en'))[0]!.shares).toHaveLength(2);
      run.hide(1);
      expect(await run.topics()).toHaveLength(1);
    }
    expect(await inMemory.topics()).toEqual(await kept.topics());
    expect((await openRun(folder)).rename(0, 'All')).toMatchObject({ names: { 0: 'All', 1: 'Gardens' }, hidden: [1] });
    for (const run of [inMemory, kept]) run.dispose();
  }, 60_000);

  it('takes a baseline in place of a backbone, which has no phase 2', async () => {
    const { corpus } = dataset;
    const embedder = wordEmbedder();
    const { epochs: _epochs, batchSize: _batchSize, learningRate: _learningRate, ...rest } = options({ model: uSvd(), embedder });
    const run = await train({ ...rest, corpus });
    expect(run.model.name).toBe('u-svd');
    await expect(run.infer(['guitar'], 'en')).rejects.toThrow('does not know how its texts became words');
    run.dispose();
    const refiner = { name: 'none', refine: async () => ({ topics: [], usage: { inputTokens: 0, outputTokens: 0 } }) };
    await expect(train({ ...rest, refinement: { refiner } })).rejects.toThrow('u-svd has no phase 2');
  });

  it('takes a model of your own, which a folder knows by its name alone', async () => {
    const mine = { ...nmtm.definition, name: 'mine' };
    const run = await train(options({ model: modelFactory(mine)(), epochs: 1, folder }));
    await expect(openRun(folder)).rejects.toThrow('must be one of nmtm');
    const opened = await openRun(folder, { model: mine });
    expect(await opened.topics()).toEqual(await run.topics());
    for (const each of [run, opened]) each.dispose();
  });

  it('refuses what cannot work before anything is written, stops when told to, and leaks nothing', async () => {
    await expect(train(options({ model: xtra(), folder }))).rejects.toBeInstanceOf(MissingNeedError);
    await expect(train(options({ numTopics: 1, folder }))).rejects.toBeInstanceOf(InvalidOptionError);
    const one = { ...dataset.corpus, languages: dataset.corpus.languages.slice(0, 1) };
    await expect(train(options({ corpus: one, folder }))).rejects.toThrow('nmtm models exactly two languages');
    await expect(train(options({ epochz: 3 } as never))).rejects.toThrow('epochz');
    expect(readdirSync(folder)).toEqual([]);
    const before = tf.memory().numTensors;
    await expect(train(options({ signal: AbortSignal.abort() }))).rejects.toBeInstanceOf(AbortedError);
    (await train(options({ epochs: 1 }))).dispose();
    expect(tf.memory().numTensors).toBe(before);
  }, 60_000);
});
