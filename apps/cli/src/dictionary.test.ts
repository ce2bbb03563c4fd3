import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileServer, type ServerFault } from '@xtm/data/testing';
import { runCommand, runCommandWith, type CommandResult } from './testing/run-command';
import { smallDataset } from './testing/small-dataset';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-dictionary-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

const textOf = (path: string): string => readFileSync(path, 'utf8');

/** The command that the last line proposes, without `xtm` itself. */
function proposed({ out }: CommandResult): string[] {
  return /^Next: +xtm (.*)$/m.exec(out)![1]!.split(' ');
}

describe('xtm dictionary fetch', () => {
  let server: FileServer;
  let content: string;
  let faults: ServerFault[];
  beforeEach(async () => {
    content = 'cat\t猫\nDog\t犬\nguide dog\t盲導犬\n';
    faults = [];
    server = await FileServer.start((path) => (path === '/en-ja.txt' ? { content: Buffer.from(content), fault: faults.shift() } : undefined));
  });
  afterEach(() => server.close());

  const fetchIt = (languages: string, ...flags: string[]): Promise<CommandResult> =>
    runCommandWith({ XTM_CACHE: join(folder, 'cache') }, 'dictionary', 'fetch', languages, '--base-url', server.baseUrl, '--out', join(folder, 'out.txt'), '--attempts', '1', ...flags);

  it('writes the second language\'s word first, names the licence, and proposes a check that runs', async () => {
    const result = await fetchIt('en-ja');
    expect(result).toMatchObject({ code: 0, out: expect.stringContaining('CC BY-NC 4.0') as string });
    expect(textOf(join(folder, 'out.txt'))).toBe('猫 cat\n犬 dog\n');
    expect(result.out).toContain('of 3 lines: 1 of several words');
    expect(await runCommand(...proposed(result))).toMatchObject({ code: 0, out: expect.stringContaining('Verdict: good') as string });
    expect(existsSync(join(folder, 'cache', 'dictionaries', 'muse-en-ja.txt.json'))).toBe(true);
  });

  it('refuses a file that is there and asks nobody then', async () => {
    file('out.txt', 'mine');
    expect(await fetchIt('en-ja')).toMatchObject({ code: 2, log: expect.stringContaining('--replace') as string });
    expect(server.requests).toEqual([]);
    const { code, out, log } = await fetchIt('ja,en', '--replace', '--json');
    expect({ code, log }).toEqual({ code: 0, log: 'There is no ja-en; en-ja is taken, the other way round.\n' });
    expect(JSON.parse(out)).toMatchObject({ languages: ['ja', 'en'], pairs: 2, downloaded: true });
  });

  it('notices another content, and takes it with --accept-change', async () => {
    await fetchIt('en-ja');
    rmSync(join(folder, 'cache', 'dictionaries', 'muse-en-ja.txt'));
    content = 'bird\t鳥\n';
    expect(await fetchIt('en-ja', '--replace')).toMatchObject({ code: 1, log: expect.stringContaining('another file than the one') as string });
    expect(await fetchIt('en-ja', '--replace', '--accept-change')).toMatchObject({ code: 0 });
    expect(textOf(join(folder, 'out.txt'))).toBe('鳥 bird\n');
  });

  it('says what to do about missing dictionaries and web pages', async () => {
    expect(await fetchIt('ja-zh-Hans')).toMatchObject({ code: 2, log: expect.stringContaining('xtm dictionary pivot') as string });
    expect(await fetchIt('en-de')).toMatchObject({ code: 1, log: expect.stringContaining('HTTP 404') as string });
    faults = [{ kind: 'page' }];
    expect(await fetchIt('en-ja')).toMatchObject({ code: 1, log: expect.stringContaining('web page') as string });
    expect(existsSync(join(folder, 'out.txt'))).toBe(false);
  });
});

it('xtm dictionary from makes a list of a published dictionary, and says what it left out', async () => {
  const cedict = file('cedict_ts.u8', '貓 猫 [mao1] /cat/CL:隻|只[zhi1]/\n導盲犬 导盲犬 [dao3 mang2 quan3] /guide dog/\n學 学 [xue2] /to learn/\n');
  const out = join(folder, 'list.txt');
  const result = await runCommand('dictionary', 'from', cedict, '--languages', 'en,zh-Hant', '--out', out);
  expect(result).toMatchObject({ code: 0, out: expect.stringMatching(/3 entries with 3 glosses\n.*CC BY-SA 4\.0[^]*1 of several words\n/) as string });
  expect(textOf(out)).toBe('貓 cat\n學 learn\n');
  expect(await runCommand(...proposed(result))).toMatchObject({ code: 0 });
  expect(await runCommand('dictionary', 'from', cedict, '--out', out)).toMatchObject({ code: 2, log: expect.stringContaining('--replace') as string });
  const table = file('terms.csv', 'id,term,Begriff\n1,cat,Katze\n');
  expect(await runCommand('dictionary', 'from', table, '--languages', 'en,de', '--out', out, '--replace')).toMatchObject({ code: 2, log: expect.stringContaining('--columns') as string });
  const read = await runCommand('dictionary', 'from', table, '--languages', 'en,de', '--columns', 'term,Begriff', '--out', out, '--replace', '--json');
  expect(JSON.parse(read.out)).toMatchObject({ format: 'table', pairs: 1, languages: ['en', 'de'] });
});

it('xtm dictionary pivot joins two lists', async () => {
  const japanese = file('en-ja.txt', 'ねこ cat\n犬 dog\n川 river\n');
  const chinese = file('en-zh.txt', '猫 cat\n狗 dog\n河 river\n');
  const out = join(folder, 'joined.txt');
  const result = await runCommand('dictionary', 'pivot', japanese, chinese, '--languages', 'ja,zh-Hans', '--through', 'en', '--out', out);
  expect(result).toMatchObject({ code: 0, out: expect.stringContaining('3 English words that both have') as string });
  expect(textOf(out).split('\n').sort()).toEqual(['', '河 川', '狗 犬', '猫 ねこ']);
  expect(await runCommand(...proposed(result))).toMatchObject({ code: 0 });
  expect(await runCommand('dictionary', 'pivot', japanese, chinese, '--languages', 'ja,zh', '--through', '?', '--out', `${out}2`)).toMatchObject({ code: 2, log: expect.stringContaining('BCP-47') as string });
});

describe('xtm dictionary check', () => {
  it('says what a dictionary is to a dataset, its own or another, and proposes a run', async () => {
    const data = await smallDataset();
    try {
      const own = await runCommand('dictionary', 'check', '--dataset', data.dataset, '--json');
      expect(own.code).toBe(0);
      const { vocabularies, verdict } = JSON.parse(own.out) as { vocabularies: { pairs: number }; verdict: string };
      expect(vocabularies.pairs).toBeGreaterThan(0);
      expect(verdict).not.toBe('unusable');
      const other = file('thin.txt', 'cn_0_0 en_0_0\n');
      const { out } = await runCommand('dictionary', 'check', other, '--dataset', data.dataset);
      expect(out).toContain('Found:      1 pairs of words of both vocabularies');
      expect(out).toContain('It reaches only');
    } finally {
      data.remove();
    }
  });

  it('fails for one that is of no use, with what to do', async () => {
    const result = await runCommand('dictionary', 'check', file('ru.txt', 'кот ねこ\nдом いえ\n'), '--languages', 'en,ja');
    expect(result).toMatchObject({ code: 1, log: expect.stringContaining('dictionary of other languages') as string });
    expect(result.out).toMatch(/^wrong: .*Cyrillic[^]*Verdict: unusable/m);
    expect(await runCommand('dictionary', 'check', join(folder, 'none.txt'), '--languages', 'en,ja')).toMatchObject({ code: 1, log: expect.stringContaining('none.txt') as string });
    expect(await runCommand('dictionary', 'check', file('x.txt', 'a b\n'))).toMatchObject({ code: 2, log: expect.stringContaining('--languages') as string });
  });
});

it.each(['fetch', 'from', 'pivot', 'check'])('help of xtm dictionary %s has an example', async (command) => {
  expect(await runCommand('dictionary', command, '--help')).toMatchObject({ code: 0, out: expect.stringMatching(/Examples?:\n {2}xtm dictionary /) as string });
});
