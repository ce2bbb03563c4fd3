import { join } from 'node:path';
import { runCommand } from './testing/run-command';
import { smallDataset, type SmallDataset } from './testing/small-dataset';

let data: SmallDataset;
let run: string;
beforeAll(async () => {
  data = await smallDataset();
  run = join(data.folder, 'anchors');
  const flags = ['--dataset', data.dataset, '--runs-folder', data.folder, '--run', 'anchors', '--model', 'mtanchor', '--num-topics', '4', '--top-words', '5', '--classifiers', 'none'];
  expect(await runCommand('run', ...flags)).toMatchObject({ code: 0 });
});
afterAll(() => data.remove());

async function anchors(...flags: string[]): Promise<string[][][]> {
  const { code, out, log } = await runCommand('anchors', run, '--json', ...flags);
  expect({ code, log }).toEqual({ code: 0, log: '' });
  return JSON.parse(out) as string[][][];
}

it('lists anchor pairs, changes them and recovers the topics', async () => {
  const before = await anchors();
  expect(before).toHaveLength(4);
  const after = await anchors('--set', '1=en_2_0,en_2_1:cn_2_0，cn_2_1');
  expect(after[1]).toEqual([['en_2_0', 'en_2_1'], ['cn_2_0', 'cn_2_1']]);
  expect([after[0], after[2], after[3]]).toEqual([before[0], before[2], before[3]]);
  const { topics } = JSON.parse((await runCommand('topics', run, '--topic', '1', '--json')).out) as { topics: { words: Record<string, { word: string }[]> }[] };
  for (const list of Object.values(topics[0]!.words)) expect(list.filter(({ word }) => word.split('_')[1] === '2').length).toBeGreaterThanOrEqual(4);
});

it('merges, adds and removes', async () => {
  const before = await anchors();
  expect(await anchors('--merge', '3,0')).toEqual([[[...before[0]![0]!, ...before[3]![0]!], [...before[0]![1]!, ...before[3]![1]!]], before[1], before[2]]);
  const added = await anchors('--add', 'en_0_1:cn_0_1');
  expect(added.at(-1)).toEqual([['en_0_1'], ['cn_0_1']]);
  expect(await anchors('--remove', '0', '--remove', '2')).toEqual([added[1], added[3]]);
});

it('keeps people\'s names of topics only as long as the numbers mean the same topics', async () => {
  const names = async (): Promise<(string | undefined)[]> => (JSON.parse((await runCommand('topics', run, '--json')).out) as { topics: { name?: string }[] }).topics.map(({ name }) => name);
  expect(await runCommand('topics', run, '--rename', '0=Weather')).toMatchObject({ code: 0 });
  await anchors('--set', '1=en_2_0:cn_2_0');
  expect((await names())[0]).toBe('Weather');
  await anchors('--add', 'en_1_1:cn_1_1');
  expect(new Set(await names())).toEqual(new Set([undefined]));
});

it.each([
  ['--set', '9=a:b', 'topic'],
  ['--set', '1=nosuchword:cn_0_0', 'not in the vocabulary'],
  ['--set', '1=en_0_0', 'words of each language'],
  ['--merge', '1', 'not a pair'],
  ['--remove', 'x', 'not the number of a topic'],
])('refuses %s %s', async (flag, value, message) => {
  expect(await runCommand('anchors', run, flag, value)).toMatchObject({ code: 2, log: expect.stringContaining(message) });
});
