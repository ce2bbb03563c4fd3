import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { runCommand } from './testing/run-command';
import { smallDataset, type SmallDataset } from './testing/small-dataset';

let data: SmallDataset;
let run: string;

beforeAll(async () => {
  data = await smallDataset();
  run = join(data.folder, 'planted-nmtm');
  const result = await runCommand('run', '--dataset', data.dataset, '--runs-folder', data.folder, '--num-topics', '4', '--epochs', '30', '--batch-size', '16', '--learning-rate', '0.01', '--classifiers', 'linear', '--model-option', 'dictionarySmoothing=0.01');
  expect(result).toMatchObject({ code: 0 });
  expect(result.out).toContain('topic uniqueness');
  expect(result.out).toContain(`Run folder: ${run}`);
}, 60_000);
afterAll(() => data.remove());

describe('xtm topics', () => {
  it('shows both languages side by side, and one topic with its weights as JSON', async () => {
    const { out } = await runCommand('topics', run, '--top', '3');
    expect(out.split('\n').filter((line) => /^ +\d .* en_.* cn_/.test(line))).toHaveLength(4);
    const json = JSON.parse((await runCommand('topics', run, '--topic', '2', '--top', '4', '--json')).out) as { topics: { index: number; words: Record<string, { weight: number }[]> }[] };
    expect(json.topics.map(({ index }) => index)).toEqual([2]);
    expect(json.topics[0]!.words['cn']).toHaveLength(4);
    expect(json.topics[0]!.words['cn']![0]!.weight).toBeGreaterThan(0);
  });

  it('refuses a topic that does not exist', async () => {
    expect(await runCommand('topics', run, '--topic', '99')).toMatchObject({ code: 2, log: expect.stringContaining('topics 0 to 3') });
  });
});

describe('xtm infer', () => {
  it('gives new documents their topics, with ids and metadata', async () => {
    const file = join(data.folder, 'new.csv');
    writeFileSync(file, 'id,review,shop\nr1,"en_2_0 en_2_1 en_2_3 en_2_2 en_2_5",north\nr2,"nothing known here",south\n');
    const { code, out, log } = await runCommand('infer', run, file, '--language', 'en', '--text-column', 'review');
    expect(code).toBe(0);
    expect(log).toContain('documents without a word of the vocabulary: 1;');
    const [first, second] = parse(out, { columns: true }) as Record<string, string>[];
    expect(first).toMatchObject({ id: 'r1', shop: 'north' });
    expect(second).toMatchObject({ id: 'r2', shop: 'south' });
    const shares = Object.entries(first!).filter(([name]) => name.startsWith('topic_')).map(([, share]) => Number(share));
    expect(shares).toHaveLength(4);
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
    const { topics } = JSON.parse((await runCommand('topics', run, '--top', '4', '--json')).out) as { topics: { words: Record<string, { word: string }[]> }[] };
    const listed = topics.map(({ words }) => words['en']!.filter(({ word }) => word.startsWith('en_2_')).length);
    expect(shares.indexOf(Math.max(...shares))).toBe(listed.indexOf(Math.max(...listed)));
    expect(Math.max(...shares)).toBeGreaterThan(1.5 / shares.length);
  });

  it('refuses a language that the run has not', async () => {
    expect(await runCommand('infer', run, 'x.txt', '--language', 'fr')).toMatchObject({ code: 2, log: expect.stringContaining('en and zh-Hans') });
  });
});

describe('xtm evaluate', () => {
  it('computes the figures again from the run\'s dataset', async () => {
    const before = JSON.parse(readFileSync(join(run, 'metrics.json'), 'utf8')) as unknown;
    const { out } = await runCommand('evaluate', run, '--classifiers', 'linear', '--json');
    expect(JSON.parse(out)).toEqual(before);
  });

  it('refuses a dataset that is not the run\'s', async () => {
    const other = join(data.folder, 'other');
    cpSync(data.dataset, other, { recursive: true });
    writeFileSync(join(other, 'train_labels_en.txt'), 'topic 0\n'.repeat(60));
    expect(await runCommand('evaluate', run, '--dataset', other)).toMatchObject({ code: 1, log: expect.stringContaining('not the one that the run was trained on') });
    rmSync(other, { recursive: true });
  });
});

describe('xtm doctor', () => {
  it('names the runtime and the backend that computes', async () => {
    const { findings } = JSON.parse((await runCommand('doctor', '--json')).out) as { findings: { name: string; present: boolean; advice?: string }[] };
    expect(findings.some(({ name, present }) => name.startsWith('backend ') && present)).toBe(true);
    for (const { present, advice } of findings) expect(present || advice !== undefined).toBe(true);
  });
});

describe('bad use', () => {
  it.each([
    [['run', '--dataset', 'nowhere'], 1, 'nowhere'],
    [['run'], 2, 'a dataset folder is needed'],
    [['run', '--dataset', 'x', '--epochz', '3'], 2, 'unknown option'],
    [['run', '--dataset', 'x', '--epochs', '-3'], 2, 'epochs'],
    [['run', '--dataset', 'x', '--epochs', 'many'], 2, '"many" is not a number'],
    [['run', '--dataset', 'x', '--model', 'lda'], 2, 'nmtm'],
    [['run', '--dataset', 'x', '--model-option', 'lambda'], 2, 'name=value'],
    [['run', '--dataset', 'x', '--model-option', 'lambda=3'], 2, 'lambda'],
    [['run', '--dataset', 'x', '--languages', 'en'], 2, 'at least two'],
    [['topics', 'nowhere'], 1, 'nowhere'],
    [['fly'], 2, 'unknown command'],
  ] as const)('%j ends with %i and says what is wrong', async (args, code, text) => {
    const result = await runCommand(...args);
    expect(result.log).toContain(text);
    expect(result.code).toBe(code);
    expect(result.log).not.toContain('    at ');
  });

  it('more topics than documents leaves nothing half-written', async () => {
    const result = await runCommand('run', '--dataset', data.dataset, '--runs-folder', data.folder, '--run', 'many', '--num-topics', '500');
    expect(result).toMatchObject({ code: 2, log: expect.stringContaining('only 105 training documents') });
    expect(existsSync(join(data.folder, 'many')) ? readdirSync(join(data.folder, 'many')) : []).toEqual([]);
  });

  it('other settings under the same name are refused with the difference', async () => {
    const result = await runCommand('run', '--dataset', data.dataset, '--runs-folder', data.folder, '--num-topics', '5', '--epochs', '30', '--batch-size', '16', '--learning-rate', '0.01', '--classifiers', 'linear', '--model-option', 'dictionarySmoothing=0.01');
    expect(result).toMatchObject({ code: 1, log: expect.stringContaining('numTopics was 4, is 5') });
  });
});

describe('help', () => {
  it.each(['prepare', 'run', 'topics', 'infer', 'evaluate', 'compare', 'doctor'])('of %s has an example', async (command) => {
    const { code, out } = await runCommand(command, '--help');
    expect(code).toBe(0);
    expect(out).toMatch(/Examples?:\n {2}xtm /);
  });
});
