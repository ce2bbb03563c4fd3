import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { readRunTopics } from '@xtm/pipeline';
import { runCommand } from './testing/run-command';
import { smallDataset, type SmallDataset } from './testing/small-dataset';

interface ShownTopics {
  readonly ranking: string;
  readonly topics: readonly { readonly shares: Readonly<Record<string, { readonly mean: number; readonly mainTopic: number }>>; readonly index: number; readonly name?: string; readonly members: readonly number[]; readonly words: Readonly<Record<string, readonly { readonly word: string; readonly weight: number; readonly probability: number }[]>> }[];
  readonly hidden: readonly number[];
}

let data: SmallDataset;
let run: string;
beforeAll(async () => {
  data = await smallDataset();
  run = join(data.folder, 'planted');
  const flags = ['--dataset', data.dataset, '--runs-folder', data.folder, '--run', 'planted', '--num-topics', '4', '--epochs', '10', '--batch-size', '16', '--classifiers', 'none', '--top-words', '5'];
  expect(await runCommand('run', ...flags)).toMatchObject({ code: 0 });
}, 60_000);
afterEach(() => runCommand('topics', run, '--reset'));
afterAll(() => data.remove());

async function edit(...flags: string[]): Promise<ShownTopics> {
  const { code, out, log } = await runCommand('topics', run, '--json', ...flags);
  expect({ code, log }).toEqual({ code: 0, log: '' });
  return JSON.parse(out) as ShownTopics;
}

function shares(row: Readonly<Record<string, unknown>>): Record<string, number> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name.startsWith('topic_')).map(([name, share]) => [name, Number(share)]));
}

describe('xtm topics', () => {
  it('names, merges and hides topics, and undoes it', async () => {
    const edited = await edit('--rename', '2=Music & more', '--merge', '3,1', '--hide', '0');
    expect(edited.topics.map(({ index, name, members }) => [index, name, members])).toEqual([[1, undefined, [1, 3]], [2, 'Music & more', [2]]]);
    expect(edited.hidden).toEqual([0]);
    expect(JSON.parse(readFileSync(join(run, 'topicEdits.json'), 'utf8'))).toEqual({ names: { 2: 'Music & more' }, merged: [[1, 3]], hidden: [0] });
    const table = (await runCommand('topics', run)).out;
    expect(table).toMatch(/^ {2}1\+3 /m);
    expect(table).toContain('Music & more');
    expect(table).toContain('hidden: 0');
    const undone = await edit('--rename', '2=', '--unmerge', '3', '--show', '0');
    expect(undone.topics.map(({ index, name }) => [index, name])).toEqual([[0, undefined], [1, undefined], [2, undefined], [3, undefined]]);
  });

  it('shows more words of one topic than the run listed', async () => {
    const [topic] = (await edit('--topic', '1', '--top', '12')).topics;
    expect(topic!.words['en']).toHaveLength(12);
    const { out } = await runCommand('topics', run, '--topic', '1', '--top', '12');
    expect(out).toMatch(/^ {2}12 {2}en_/m);
  });

  it('ranks words as the run does, says how, and shows their probabilities', async () => {
    const { ranking, topics } = await edit('--top', '5');
    expect(ranking).toBe('characteristic');
    readRunTopics(run).topics.forEach(({ words }, topic) => expect(topics[topic]!.words['en']!.map(({ word }) => word)).toEqual(words['en']!.map(({ word }) => word)));
    const { out } = await runCommand('topics', run, '--topic', '1', '--top', '5');
    const [first] = topics[1]!.words['en']!;
    expect(out).toMatch(new RegExp(`^ {3}1 {2}${first!.word} +${first!.probability.toFixed(4)} +${first!.weight.toFixed(4)} `, 'm'));
    expect(out).toContain('how characteristic they are');
    expect((await runCommand('topics', run)).out).toContain('how characteristic they are');
  });

  it('shows each topic\'s share of the documents, those of a merger together', async () => {
    const before = await edit();
    for (const part of ['mean', 'mainTopic'] as const) {
      for (const suffix of ['en', 'cn']) expect(before.topics.reduce((sum, { shares: ofTopic }) => sum + ofTopic[suffix]![part], 0)).toBeCloseTo(1, 5);
    }
    const { topics } = await edit('--merge', '1,3');
    expect(topics[1]!.shares['en']!.mean).toBeCloseTo(before.topics[1]!.shares['en']!.mean + before.topics[3]!.shares['en']!.mean, 5);
    expect((await runCommand('topics', run)).out).toMatch(/^topic +en % +zh-Hans % +en +zh-Hans$/m);
  });

  it.each([
    [['--topic', '4'], 'topics 0 to 3'],
    [['--hide', '0', '--topic', '0'], 'topic 0 is hidden'],
    [['--merge', '1,2', '--topic', '2'], 'a part of topic 1'],
    [['--merge', '1'], 'two different topics'],
    [['--hide', 'x'], 'not the number of a topic'],
    [['--rename', 'Music'], 'topic=name'],
    [['--top', '0'], 'at least 1'],
  ])('refuses %j', async (flags, message) => {
    expect(await runCommand('topics', run, ...flags)).toMatchObject({ code: 2, log: expect.stringContaining(message) });
  });
});

describe('xtm export', () => {
  it('writes one row per document, with topics as they are shown', async () => {
    const before = parse((await runCommand('export', run)).out, { columns: true }) as Record<string, string>[];
    expect(before).toHaveLength(60 + 45 + 2 * 12);
    for (const row of before) expect(Object.values(shares(row)).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
    expect(new Set(before.map(({ language, split }) => `${language} ${split}`))).toEqual(new Set(['en train', 'en test', 'zh-Hans train', 'zh-Hans test']));
    expect(before[0]!['label']).toMatch(/^topic \d$/);
    await edit('--rename', '2=音乐, "live"', '--merge', '1,3', '--hide', '0');
    const after = parse((await runCommand('export', run)).out, { columns: true }) as Record<string, string>[];
    expect(Object.keys(shares(after[0]!))).toEqual(['topic_1', 'topic_2 音乐, "live"']);
    expect(shares(after[7]!)['topic_1']).toBeCloseTo(shares(before[7]!)['topic_1']! + shares(before[7]!)['topic_3']!, 4);
  });

  it('writes the same as Parquet', async () => {
    await edit('--hide', '3');
    const [csv, parquet] = ['topics.csv', 'topics.parquet'].map((name) => join(data.folder, name));
    for (const out of [csv!, parquet!]) expect(await runCommand('export', run, '--out', out)).toEqual({ code: 0, out: '', log: `129 documents → ${out}\n` });
    const bytes = readFileSync(parquet!);
    const rows = await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) });
    const texts = parse(readFileSync(csv!), { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(texts.length);
    rows.forEach((row, i) => {
      expect(Object.keys(row)).toEqual(Object.keys(texts[i]!));
      expect([row['id'], row['language'], row['label']]).toEqual([texts[i]!['id'], texts[i]!['language'], texts[i]!['label']]);
      for (const [name, share] of Object.entries(shares(row))) expect(share).toBeCloseTo(Number(texts[i]![name]), 5);
    });
  });

  it('refuses Parquet without a file', async () => {
    expect(await runCommand('export', run, '--format', 'parquet')).toMatchObject({ code: 2, log: expect.stringContaining('Name a file') });
  });
});
