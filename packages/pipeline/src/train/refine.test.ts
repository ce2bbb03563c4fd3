import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nmtm, xtra } from '@xtm/backbones';
import { svdLr, uSvd } from '@xtm/baselines';
import { InvalidOptionError, RunFolderError } from '@xtm/contracts';
import { type Dataset, writeDataset } from '@xtm/data';
import { aligned, endpoint } from '@xtm/embedder';
import { ProtocolServer } from '@xtm/llm/testing';
import { chat, corpusRefiner } from '@xtm/refiner';
import { faithfulAnswers } from '@xtm/refiner/testing';
import { readRunConfig } from '../run-folder/config';
import { themeDataset } from '../testing/themes';
import { openRun } from './open-run';
import type { TopicRun } from './topic-run';
import { train } from './train';
import type { RefineOptions, TrainOptions } from './train-options';

let dataset: Dataset;
let folder: string;
let data: string;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'xtm-refine-data-'));
  dataset = await themeDataset();
  await writeDataset(data, dataset);
});
afterAll(() => rmSync(data, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-refine-run-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = (more: Partial<TrainOptions> = {}): TrainOptions => ({
  corpus: dataset,
  model: nmtm(),
  embedder: aligned({ dimensions: 8 }),
  numTopics: 3,
  epochs: 3,
  batchSize: 24,
  learningRate: 0.01,
  seed: 1,
  classifiers: ['linear'],
  backend: 'wasm',
  record: { paths: { dataset: data } },
  ...more,
});
const phaseTwo = (more: Partial<RefineOptions> = {}): RefineOptions => ({
  refiner: corpusRefiner({ topWords: 4 }),
  epochs: 2,
  rounds: 2,
  topWords: 4,
  refinedWords: 4,
  ...more,
});

/** All that a model says: words with their probabilities, and documents, whose texts a folder does not load. */
async function saidBy(run: TopicRun): Promise<unknown> {
  const documents = [...(await run.documents('en')), ...(await run.documents('de'))];
  return [await run.topics(4), documents.map(({ text: _text, ...document }) => document)];
}

describe('TopicRun.refine', () => {
  it('ends as training both phases at once does, to the bit, in memory and in a folder', async () => {
    const once = await train(options({ refinement: phaseTwo() }));
    const alone = await train(options({ folder: join(folder, 'alone') }));
    const runs = [
      await (await train(options())).refine(phaseTwo()),
      await alone.refine(phaseTwo({ folder: join(folder, 'refined') })),
      await alone.refine(phaseTwo()),
      await once.refine(phaseTwo()),
      await train(options({ refinement: phaseTwo(), phaseOne: join(folder, 'alone') })),
    ];
    const expected = await saidBy(once);
    expect(await saidBy(alone)).not.toEqual(expected);
    for (const run of runs) expect(await saidBy(run)).toEqual(expected);
    expect(readRunConfig(join(folder, 'refined')).settings).toMatchObject({
      phaseOne: 'alone', refiner: 'corpus', refinerOptions: { topWords: 4 }, embedder: 'aligned', embedderOptions: { dimensions: 8 }, classifiers: 'linear',
    });
    for (const run of [once, alone, ...runs]) await run.dispose();
  }, 120_000);

  it('goes on from a folder alone, with the corpus, model and embedder that the run names', async () => {
    const model = xtra({ hiddenUnits: 16, sharedUnits: 24 });
    await (await train(options({ model, folder: join(folder, 'alone') }))).dispose();
    const opened = await openRun(join(folder, 'alone'));
    const refined = await opened.refine(phaseTwo({ folder: join(folder, 'refined') }));
    const once = await train(options({ model, refinement: phaseTwo() }));
    expect(await saidBy(refined)).toEqual(await saidBy(once));
    await expect(opened.refine(phaseTwo({ embedder: aligned() }))).rejects.toThrow('phase 1 of xtra learnt from its embedder');
    for (const run of [opened, refined, once]) await run.dispose();
  }, 120_000);

  it('goes on from the end of phase 1 of a run that has a phase 2, as if it had none', async () => {
    const other = phaseTwo({ refiner: corpusRefiner({ topWords: 3 }), epochs: 4, wordLossWeight: 50 });
    const both = await train(options({ refinement: phaseTwo({ epochs: 4 }), folder: join(folder, 'both') }));
    const opened = await openRun(join(folder, 'both'));
    const again = await opened.refine({ ...other, folder: join(folder, 'again') });
    const fresh = await train(options({ refinement: other }));
    const expected = await saidBy(fresh);
    expect(await saidBy(again)).toEqual(expected);
    expect(await saidBy(both)).not.toEqual(expected);
    const reopened = await openRun(join(folder, 'again'));
    const oftener = await reopened.refine({ ...other, folder: join(folder, 'oftener') });
    expect(await saidBy(oftener)).toEqual(expected);
    // As runs of earlier versions are.
    rmSync(join(folder, 'again', 'checkpoints', 'epoch-00003.safetensors'));
    const gone = reopened.refine({ ...other, folder: join(folder, 'gone') });
    await expect(gone).rejects.toBeInstanceOf(RunFolderError);
    await expect(gone).rejects.toThrow('no checkpoint after epoch 3, the end of phase 1, any more: earlier versions');
    for (const run of [both, opened, again, fresh, reopened, oftener]) await run.dispose();
  }, 120_000);

  it('asks a language model, says what it cost and keeps no key', async () => {
    const server = await ProtocolServer.start({ answer: faithfulAnswers() });
    try {
      const refiner = chat({ baseUrl: server.baseUrl, apiKey: 'not-to-be-kept', model: 'm', replyFolder: false, style: 'json' });
      const run = await train(options({ folder, refinement: phaseTwo({ refiner }) }));
      expect(run.spending).toMatchObject({ cost: undefined });
      expect(server.calls.length).toBeGreaterThan(0);
      expect(readRunConfig(folder).settings).toMatchObject({ refiner: 'openai', refinerOptions: { style: 'json' }, llm: { model: 'm' } });
      expect(readFileSync(join(folder, 'config.json'), 'utf8')).not.toMatch(/not-to-be-kept|http/);
      await run.dispose();
    } finally {
      await server.close();
    }
  }, 60_000);

  it('is none for a baseline', async () => {
    const { epochs: _epochs, batchSize: _batchSize, learningRate: _learningRate, ...rest } = options({ model: uSvd() });
    await expect(train({ ...rest, refinement: phaseTwo() })).rejects.toThrow('u-svd has no phase 2');
    const run = await train(rest);
    await expect(run.refine(phaseTwo())).rejects.toThrow('u-svd has no phase 2');
    await run.dispose();
  });
});

describe('an embedder that is chosen by name', () => {
  it('is opened again where the model places documents by embeddings', async () => {
    const { epochs: _epochs, batchSize: _batchSize, learningRate: _learningRate, ...rest } = options({ model: svdLr(), folder });
    const run = await train(rest);
    const opened = await openRun(folder);
    const texts = ['Guitar, guitar: a singer!', 'garden soil'];
    expect(await opened.infer(texts, 'en')).toEqual(await run.infer(texts, 'en'));
    expect(await saidBy(opened)).toEqual(await saidBy(run));
    for (const each of [run, opened]) await each.dispose();
  });

  it('is neither opened nor recorded where nobody needs it', async () => {
    const run = await train(options({ embedder: endpoint({ baseUrl: 'http://localhost:1/v1', model: 'm' }), folder, epochs: 1 }));
    expect(readRunConfig(folder).settings.embedder).toBeUndefined();
    await run.dispose();
  });

  it('is refused with its wrong option before anything is trained', async () => {
    const wrong = options({ model: xtra(), embedder: aligned({ dimension: 3 } as never), folder: join(folder, 'none') });
    await expect(train(wrong)).rejects.toBeInstanceOf(InvalidOptionError);
    expect(() => readFileSync(join(folder, 'none', 'config.json'))).toThrow();
  });
});
