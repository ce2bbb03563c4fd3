import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeNpy } from '@xtm/data';
import { runCommand } from './testing/run-command';
import { smallDataset, type SmallDataset } from './testing/small-dataset';

let data: SmallDataset;
beforeAll(async () => {
  data = await smallDataset();
});
afterAll(() => data.remove());

const NEURAL = ['--epochs', '12', '--batch-size', '16', '--learning-rate', '0.01'];

it.each([
  ['nmtm', [...NEURAL, '--model-option', 'dictionarySmoothing=0.01']],
  ['infoctm', [...NEURAL, '--embedder-option', 'dimensions=8']],
  ['xtra', [...NEURAL, '--embedder-option', 'dimensions=8']],
  ['gloctm', [...NEURAL, '--embedder-option', 'dimensions=8']],
  ['u-svd', ['--embedder-option', 'dimensions=8']],
  ['svd-lr', ['--embedder-option', 'dimensions=8']],
  ['mtanchor', []],
  ['mcta', ['--model-option', 'sweeps=20']],
])('%s trains, infers and is evaluated again with the same figures', async (model, flags) => {
  const run = join(data.folder, model);
  const trained = await runCommand('run', '--dataset', data.dataset, '--runs-folder', data.folder, '--run', model, '--model', model, '--num-topics', '4', '--top-words', '5', '--classifiers', 'linear', ...flags);
  expect(trained).toMatchObject({ code: 0 });
  expect((await runCommand('topics', run)).out.match(/^ +\d+ /gm)).toHaveLength(4);
  const file = join(data.folder, 'new.txt');
  writeFileSync(file, 'cn_1_0 cn_1_2 cn_1_3\n');
  const inferred = JSON.parse((await runCommand('infer', run, file, '--language', 'zh', '--json')).out) as Record<string, number>[];
  expect([0, 1, 2, 3].reduce((sum, topic) => sum + inferred[0]![`topic_${topic}`]!, 0)).toBeCloseTo(1, 3);
  const before = JSON.parse(readFileSync(join(run, 'metrics.json'), 'utf8')) as unknown;
  const again = await runCommand('evaluate', run, '--top-words', '5', '--classifiers', 'linear', '--json');
  expect(JSON.parse(again.out)).toEqual(before);
});

it('refuses a model whose topics nothing links across the languages', async () => {
  const { languages } = JSON.parse(readFileSync(join(data.dataset, 'dataset.json'), 'utf8')) as { languages: { code: string; suffix: string }[] };
  const unlinked = join(data.folder, 'unlinked');
  cpSync(data.dataset, unlinked, { recursive: true });
  rmSync(join(unlinked, 'dictionary.txt'));
  writeFileSync(join(unlinked, 'dataset.json'), JSON.stringify({ languages }));
  for (const model of ['xtra', 'gloctm']) {
    const { code, log } = await runCommand('run', '--dataset', unlinked, '--runs-folder', data.folder, '--run', `unlinked-${model}`, '--model', model, '--num-topics', '4');
    expect(code).toBe(1);
    expect(log).toMatch(new RegExp(`${model} cannot match topics across the languages: 0 word pairs`));
    expect(log).toContain('docs/dictionaries.md');
    expect(existsSync(join(data.folder, `unlinked-${model}`))).toBe(false);
  }
});

it('refuses phase 2 for a model that has none, and says that its epochs have no effect', async () => {
  const place = ['--dataset', data.dataset, '--runs-folder', data.folder, '--model', 'u-svd'];
  expect(await runCommand('run', ...place, '--refiner', 'corpus')).toMatchObject({ code: 2, log: expect.stringContaining('has no phase 2') });
  expect(await runCommand('run', ...place, '--epochs', '3')).toMatchObject({ code: 0, log: expect.stringContaining('warning: u-svd is fitted in one call: epochs without effect') });
});

describe('where clusters and word vectors come from', () => {
  const train = (run: string, ...flags: string[]): ReturnType<typeof runCommand> =>
    runCommand('run', '--dataset', data.dataset, '--runs-folder', data.folder, '--run', run, '--model', 'xtra', '--num-topics', '4', '--epochs', '2', '--batch-size', '16', '--classifiers', 'none', '--embedder-option', 'dimensions=8', ...flags);
  const weights = (run: string): string => readFileSync(join(data.folder, run, 'topicWord_en.npy')).toString('base64');

  it('is the dataset only where it has them', async () => {
    expect(await train('none', '--clusters', 'dataset')).toMatchObject({ code: 2, log: expect.stringContaining('the dataset has no cluster_labels_LANG.npy for every language') });
    expect(await train('none', '--word-vectors', 'dataset')).toMatchObject({ code: 2, log: expect.stringContaining('word2vec_LANG.npz') });
  });

  it('is the embedder on request, even beside the dataset\'s own', async () => {
    await train('computed');
    writeClusters((document) => document % 4);
    await train('own');
    await train('embedder', '--clusters', 'embedder');
    expect(weights('embedder')).toBe(weights('computed'));
    expect(weights('own')).not.toBe(weights('computed'));
  });

  it('refuses clusters of the dataset that are more than the topics', async () => {
    writeClusters((document) => document % 9);
    expect(await train('many', '--clusters', 'dataset')).toMatchObject({ code: 2, log: expect.stringContaining('numbered up to 8, too many for 4 topics') });
  });

  function writeClusters(cluster: (document: number) => number): void {
    for (const [suffix, documents] of [['en', 60], ['cn', 45]] as const) {
      writeFileSync(join(data.dataset, `cluster_labels_${suffix}.npy`), writeNpy(Int32Array.from({ length: documents }, (_, document) => cluster(document)), [documents]));
    }
  }
});

it('matches words of the dictionary by their stems on request, and again when the run is evaluated', async () => {
  const dictionary = join(data.folder, 'plural.txt');
  writeFileSync(dictionary, readFileSync(join(data.dataset, 'dictionary.txt'), 'utf8').replaceAll(/$/gm, 's').replace(/s$/, ''));
  const flags = ['--dataset', data.dataset, '--dictionary', dictionary, '--runs-folder', data.folder, '--num-topics', '4', '--epochs', '2', '--batch-size', '16', '--classifiers', 'none', '--run'];
  expect(await runCommand('run', ...flags, 'exact')).toMatchObject({ code: 1, log: expect.stringContaining('is a pair of words of the vocabularies') });
  expect(await runCommand('run', ...flags, 'stems', '--match-stems')).toMatchObject({ code: 0 });
  expect(await runCommand('evaluate', join(data.folder, 'stems'), '--classifiers', 'none')).toMatchObject({ code: 0 });
  expect(await runCommand('refine', join(data.folder, 'stems'), '--refine-epochs', '1', '--classifiers', 'none', '--embedder-option', 'dimensions=8')).toMatchObject({ code: 0 });
});
