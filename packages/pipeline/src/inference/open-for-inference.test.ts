import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nmtm, xtra } from '@xtm/backbones';
import { uSvd } from '@xtm/baselines';
import type { Dataset } from '@xtm/data';
import { themeDataset, wordEmbedder } from '../testing/themes';
import { train } from '../train/train';
import type { TrainOptions } from '../train/train-options';
import { openForInference } from './open-for-inference';

let dataset: Dataset;
let folder: string;
beforeAll(async () => {
  dataset = await themeDataset();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-inference-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const call = (more: Partial<TrainOptions>) =>
  train({ corpus: dataset, model: nmtm(), numTopics: 3, epochs: 2, backend: 'wasm', classifiers: [], folder, ...more });

const TEXTS = ['guitar tree', 'a singer in the garden'];

describe('openForInference', () => {
  it('infers and names topics as the run does', async () => {
    const run = await call({});
    run.merge(0, 2);
    run.rename(1, 'Gardens');
    const opened = await openForInference(folder, { model: [xtra, nmtm] });
    expect(opened.languages).toEqual(run.languages);
    expect(await opened.infer(TEXTS, 'en')).toEqual(await run.infer(TEXTS, 'en'));
    expect((await opened.topics(3)).map(({ name, members }) => [name, members])).toEqual([
      [undefined, [0, 2]],
      ['Gardens', [1]],
    ]);
    await expect(opened.infer(TEXTS, 'fr')).rejects.toThrow('language: the run has en and de');
    for (const each of [run, opened]) await each.dispose();
  });

  it('places documents by the embedder that it is given', async () => {
    const run = await call({ model: uSvd(), embedder: wordEmbedder(), corpus: dataset });
    const opened = await openForInference(folder, { model: uSvd, embedder: wordEmbedder() });
    expect(await opened.infer(TEXTS, 'en')).toEqual(await run.infer(TEXTS, 'en'));
    for (const each of [run, opened]) await each.dispose();
  });

  it('says of which model the run is', async () => {
    await (await call({})).dispose();
    await expect(openForInference(folder, { model: xtra })).rejects.toThrow('the run is one of nmtm');
  });
});
