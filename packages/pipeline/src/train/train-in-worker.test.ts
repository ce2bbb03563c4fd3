import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { nmtm, xtra } from '@xtm/backbones';
import { AbortedError, InvalidOptionError, MissingNeedError, type Progress } from '@xtm/contracts';
import { type Dataset, writeDataset } from '@xtm/data';
import { aligned } from '@xtm/embedder';
import { corpusRefiner } from '@xtm/refiner';
import { ChangedSettingsError, readRunConfig } from '../run-folder/config';
import { themeDataset, wordEmbedder } from '../testing/themes';
import { train } from './train';
import { trainInWorker, type TrainInWorkerOptions } from './train-in-worker';
import type { TrainingPlan } from './train-options';
import type { WorkerTrainOptions } from './worker-messages';

/** Tests run the packages' sources, and so does the thread. */
const worker = {
  entry: join(__dirname, '../testing/source-worker.cjs'),
  execArgv: ['--conditions=@xtm/source'],
} satisfies TrainInWorkerOptions['worker'];

/** The longest that this thread may be held, in milliseconds: five times what is promised, since machines are busy. */
const PATIENCE = 250;

let dataset: Dataset;
let folder: string;

beforeAll(async () => {
  dataset = await themeDataset();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-worker-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = (more: Partial<WorkerTrainOptions> = {}): WorkerTrainOptions => ({
  corpus: dataset, model: nmtm(), numTopics: 3, epochs: 10, batchSize: 8, seed: 1, classifiers: [], backend: 'wasm', ...more,
});
const temporaryFolders = (): number => readdirSync(tmpdir()).filter((name) => name.startsWith('xtm-run-')).length;

describe('trainInWorker', () => {
  it('trains what train trains, tells how far it is, and leaves this thread free', async () => {
    const [embedder, refinement] = [aligned({ dimensions: 8 }), { refiner: corpusRefiner(), epochs: 2, rounds: 2, topWords: 4 }];
    const before = temporaryFolders();
    const expected = await train({ ...options({ embedder, refinement }), corpus: dataset });
    const plans: TrainingPlan[] = [];
    const stages = new Set<string>();
    const watch = { onStart: (plan: TrainingPlan) => plans.push(plan), onProgress: ({ stage }: Progress) => stages.add(stage) };
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const alone = await trainInWorker(options({ embedder }), { worker, ...watch });
    const run = await alone.refine({ ...refinement, ...watch });
    delay.disable();
    expect(delay.max / 1e6).toBeLessThan(PATIENCE);
    expect(plans).toMatchObject([{ model: 'nmtm', training: { epochs: 10 } }, { refinement: { rounds: 2 } }]);
    expect([...stages]).toEqual(expect.arrayContaining(['training', 'refining']));
    expect(await run.topics()).toEqual(await expected.topics());
    expect(await run.documents('de')).toEqual(await expected.documents('de'));
    expect(await run.infer(['guitar tree'], 'en')).toEqual(await expected.infer(['guitar tree'], 'en'));
    expect(run.folder).toBeUndefined();
    for (const each of [alone, run, expected]) await each.dispose();
    expect(temporaryFolders()).toBe(before);
  }, 120_000);

  it('loads the data there, and keeps the run in its folder', async () => {
    const data = join(folder, 'data');
    await writeDataset(data, dataset);
    const place = options({ corpus: { folder: data, texts: true }, model: xtra({ hiddenUnits: 16, sharedUnits: 16 }), embedder: aligned({ dimensions: 8 }), epochs: 1, folder: join(folder, 'run') });
    const run = await trainInWorker(place, { worker });
    expect(run).toMatchObject({ trained: true, folder: join(folder, 'run') });
    expect(readRunConfig(join(folder, 'run')).paths.dataset).toBe(data);
    expect(await run.documents('en')).toHaveLength(48);
    await expect(trainInWorker({ ...place, epochs: 2 }, { worker })).rejects.toMatchObject({
      constructor: ChangedSettingsError, differences: expect.arrayContaining([{ setting: 'epochs', before: 1, now: 2 }]) as unknown,
    });
  }, 120_000);

  it('stops when told to, and what is wrong comes back as the error that it is', async () => {
    const controller = new AbortController();
    const stopped = trainInWorker(options({ epochs: 10_000, folder: join(folder, 'run') }), { worker, signal: controller.signal, onProgress: () => controller.abort() });
    await expect(stopped).rejects.toMatchObject({ constructor: AbortedError, code: 'ABORTED', advice: expect.any(String) as string });
    expect(existsSync(join(folder, 'run', 'lock.json'))).toBe(false);
    await expect(trainInWorker(options(), { worker, signal: AbortSignal.abort() })).rejects.toBeInstanceOf(AbortedError);
    const missing = await trainInWorker(options({ model: xtra() }), { worker }).catch((error: unknown) => error);
    expect(missing).toBeInstanceOf(MissingNeedError);
    expect(missing).toMatchObject({ model: 'xtra', need: 'documentEmbeddings', name: 'MissingNeedError' });
  }, 120_000);

  it('refuses what a thread cannot be told', async () => {
    await expect(trainInWorker(options({ embedder: wordEmbedder() }), { worker })).rejects.toBeInstanceOf(InvalidOptionError);
    const mine = { definition: { ...nmtm.definition, name: 'mine' }, options: {} };
    await expect(trainInWorker(options({ model: mine }), { worker })).rejects.toThrow('model: is none that a worker knows by its name');
  });
});
