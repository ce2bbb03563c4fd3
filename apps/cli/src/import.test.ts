import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SeededGenerator } from '@xtm/numeric';
import { encodeSafetensors, type StoredTensor } from '@xtm/tensor';
import { runCommand } from './testing/run-command';
import { smallDataset, type SmallDataset } from './testing/small-dataset';

const [TOPICS, UNITS, WORDS] = [4, 6, 24];

let data: SmallDataset;
let checkpoint: string;
let phi: Float32Array;

/** A state_dict as the public code of InfoCTM names it, with random values. */
beforeAll(async () => {
  data = await smallDataset();
  const generator = new SeededGenerator(3);
  const draw = (...shape: number[]): StoredTensor => {
    const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
    generator.fillNormal(values);
    return { dtype: 'F32', shape, data: values };
  };
  const encoder = (name: string): [string, StoredTensor][] => [
    ...([['fc11', UNITS, WORDS], ['fc12', UNITS, UNITS], ['fc21', TOPICS, UNITS], ['fc22', TOPICS, UNITS]] as const).flatMap(([layer, out, size]): [string, StoredTensor][] => [[`${name}.${layer}.weight`, draw(out, size)], [`${name}.${layer}.bias`, draw(out)]]),
    ...['mean_bn', 'logvar_bn'].flatMap((layer): [string, StoredTensor][] => [
      [`${name}.${layer}.bias`, draw(TOPICS)],
      [`${name}.${layer}.running_mean`, draw(TOPICS)],
      [`${name}.${layer}.running_var`, { dtype: 'F32', shape: [TOPICS], data: new Float32Array(TOPICS).fill(1) }],
      [`${name}.${layer}.num_batches_tracked`, { dtype: 'I64', shape: [], data: BigInt64Array.from([7n]) }],
    ]),
  ];
  const phiEn = draw(TOPICS, WORDS);
  phi = phiEn.data as Float32Array;
  checkpoint = join(data.folder, 'infoctm.safetensors');
  writeFileSync(checkpoint, encodeSafetensors(new Map([['phi_en', phiEn], ['phi_cn', draw(TOPICS, WORDS)], ...encoder('encoder_en'), ...encoder('encoder_cn')])));
});
afterAll(() => data.remove());

const importIt = (...flags: string[]): ReturnType<typeof runCommand> =>
  runCommand('import', checkpoint, '--dataset', data.dataset, '--runs-folder', data.folder, '--run', 'imported', '--classifiers', 'none', ...flags);

it('makes a run whose topics are the checkpoint\'s and that infers', async () => {
  expect(await importIt('--model', 'infoctm')).toMatchObject({ code: 0, out: expect.stringContaining('topic uniqueness') as string });
  const run = join(data.folder, 'imported');
  const { topics } = JSON.parse(readFileSync(join(run, 'topics.json'), 'utf8')) as { topics: { words: Record<string, { word: string }[]> }[] };
  const vocabulary = readFileSync(join(run, 'vocabulary_en.txt'), 'utf8').trimEnd().split('\n');
  topics.forEach(({ words }, topic) => {
    const weights = [...phi.subarray(topic * WORDS, (topic + 1) * WORDS)];
    expect(words['en']![0]!.word).toBe(vocabulary[weights.indexOf(Math.max(...weights))]);
  });
  const file = join(data.folder, 'new.txt');
  writeFileSync(file, 'cn_1_0 cn_1_2\n');
  const inferred = await runCommand('infer', run, file, '--language', 'zh', '--json');
  expect(inferred.code).toBe(0);
});

it('refuses a checkpoint of another model, and one that is not there', async () => {
  expect(await importIt('--model', 'nmtm')).toMatchObject({ code: 1, log: expect.stringContaining('no checkpoint of the public code of nmtm') as string });
  expect(await runCommand('import', join(data.folder, 'none'), '--model', 'nmtm', '--dataset', data.dataset)).toMatchObject({ code: 1, log: expect.stringContaining('docs/reproduce.md') as string });
});
