import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { shortPath } from '@xtm/pipeline';
import { main } from './main';
import { runCommand, runCommandWith } from './testing/run-command';

const PAIRS = [['weather', '天气'], ['garden', '花园'], ['film', '电影'], ['music', '音乐'], ['school', '学校'], ['teacher', '老师']] as const;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-init-'));
  file = join(folder, 'reviews.yaml');
  mkdirSync(join(folder, 'texts'));
  const table = (side: 0 | 1): string => ['review,theme', ...Array.from({ length: 40 }, (_, i) => `${PAIRS.slice((i % 3) * 2, (i % 3) * 2 + 2).map((pair) => pair[side]).join(' ')},${['weather', 'art', 'school'][i % 3]}`)].join('\n');
  writeFileSync(join(folder, 'texts', 'en.csv'), table(0));
  writeFileSync(join(folder, 'texts', 'zh.csv'), table(1));
  writeFileSync(join(folder, 'dictionary.txt'), PAIRS.map(([en, zh]) => `${zh} ${en}`).join('\n'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const documents = (): string[] => ['en', 'zh'].map((name) => join(folder, 'texts', `${name}.csv`));

/** Answers the questions of `xtm init` as they come, as if typed. */
async function typeAnswers(answers: readonly (readonly [question: string, answer: string])[], ...flags: readonly string[]): Promise<number> {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const log = Object.assign(new PassThrough(), { isTTY: true, columns: 200 });
  let asked = '';
  log.on('data', (chunk) => (asked += String(chunk)));
  const ended = main(['init', file, ...flags], { in: input, out: new PassThrough(), log, environment: {}, signal: new AbortController().signal });
  for (const [question, answer] of answers) {
    while (!asked.includes(question)) await setTimeout(5);
    input.write(`${answer}\r`);
  }
  return ended;
}

describe('xtm init', () => {
  it('writes a file that prepare and run read', async () => {
    const [en, zh] = documents();
    const flags = ['--documents', `en=${en}`, '--documents', `zh-Hans=${zh}`, '--text-column', 'review', '--label-column', 'theme', '--dictionary', join(folder, 'dictionary.txt'), '--num-topics', '2', '--refiner', 'none', '--description', 'a "quoted": line # of text'];
    expect(await runCommand('init', file, ...flags)).toMatchObject({ code: 0, out: expect.stringContaining(`xtm prepare ${shortPath(file)}`) });
    const written = parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    expect(written['prepare']).toMatchObject({ description: 'a "quoted": line # of text', dictionary: 'dictionary.txt', documents: [{ path: 'texts/en.csv', columns: { text: 'review', label: 'theme' } }, { path: 'texts/zh.csv' }] });
    expect(await runCommand('prepare', file)).toMatchObject({ code: 0, out: expect.stringContaining('Dictionary pairs: 6') });
    const run = await runCommand('run', '--config', file, '--epochs', '2', '--batch-size', '8');
    expect(run).toMatchObject({ code: 0, out: expect.stringContaining(`Run folder: ${join(folder, 'runs', 'reviews')}`) });
  }, 60_000);

  it.each(['none', 'corpus', 'openai'])('writes every setting of the refiner %s so that run knows it', async (refiner) => {
    const [en, zh] = documents();
    const name = '评论: #1';
    expect(await runCommand('init', file, '--documents', `en=${en}`, '--documents', `zh=${zh}`, '--text-column', 'review', '--refiner', refiner, '--name', name)).toMatchObject({ code: 0 });
    const { dataset, run, prepare, ...settings } = parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    expect([dataset, run, settings['refiner'], (prepare as { name: string }).name]).toEqual(['data/评论-1', '评论-1', refiner, name]);
    expect(await runCommand('run', '--config', file, '--dataset', join(folder, 'nowhere'))).toMatchObject({ code: 1, log: expect.stringContaining('nowhere') });
  });

  it('asks for what flags do not say', async () => {
    const [en, zh] = documents();
    const code = await typeAnswers([
      ['Which two languages', 'en,zh'],
      ['documents in en', en!],
      ['documents in zh', zh!],
      ['holds the text', 'review'],
      ['holds a label', ''],
      ['Dictionary file', join(folder, 'dictionary.txt')],
      ['What are the documents', ''],
      ['How many topics', '7'],
      ['Refine the topics', ''],
    ], '--name', 'asked');
    expect(code).toBe(0);
    expect(parse(readFileSync(file, 'utf8'))).toMatchObject({ prepare: { languages: [{ code: 'en' }, { code: 'zh' }], dictionary: 'dictionary.txt' }, numTopics: 7, refiner: 'none', model: 'xtra' });
  });

  it('looks at what there is: an encoder, a dictionary that can be fetched, or neither', async () => {
    const [en, zh] = documents();
    const init = async (codes: readonly [string, string], ...flags: readonly string[]) => {
      const result = await runCommandWith({ XTM_CACHE: join(folder, 'cache') }, 'init', file, '--documents', `${codes[0]}=${en}`, '--documents', `${codes[1]}=${zh}`, '--text-column', 'review', '--replace', ...flags);
      return { ...result, written: parse(readFileSync(file, 'utf8')) as Record<string, unknown> };
    };
    expect(await init(['en', 'zh'])).toMatchObject({ written: { embedder: 'aligned', prepare: { dictionary: 'dictionary-en-zh.txt' } }, out: expect.stringContaining(`xtm dictionary fetch en,zh --out ${shortPath(join(folder, 'dictionary-en-zh.txt'))}\n  xtm prepare ${shortPath(file)}\n  xtm run --config ${shortPath(file)}\n`) });
    expect(await init(['is', 'zh'])).toMatchObject({ written: { embedder: 'aligned' }, out: expect.stringContaining(`  xtm models fetch multilingual-e5-small\n  xtm dictionary induce ${shortPath(file)}\n`) });
    expect(await init(['is', 'zh'], '--dictionary', join(folder, 'dictionary.txt'))).toMatchObject({ written: { embedder: 'aligned', prepare: { dictionary: 'dictionary.txt' } }, out: expect.not.stringContaining('xtm dictionary') });
    expect(await init(['en', 'zh'], '--embedder', 'multilingual-e5-small', '--embedder-option', `folder=${join(folder, 'e5')}`)).toMatchObject({ written: { embedder: 'multilingual-e5-small', embedders: { 'multilingual-e5-small': { folder: 'e5' } } }, out: expect.stringContaining(`then:\n  xtm dictionary induce ${shortPath(file)}\n`) });
    const model = join(folder, 'cache', 'models', 'multilingual-e5-small');
    mkdirSync(join(model, 'onnx'), { recursive: true });
    for (const name of ['onnx/model.onnx', 'tokenizer.json']) writeFileSync(join(model, name), '{}');
    expect(await init(['en', 'zh'])).toMatchObject({ written: { embedder: 'aligned' }, out: expect.stringContaining(`which multilingual-e5-small makes of them. Look at it, then:\n  xtm dictionary induce ${shortPath(file)}\n`) });
  });

  it('asks nothing where there is no terminal, and never overwrites', async () => {
    expect(await runCommand('init', file)).toMatchObject({ code: 2, log: expect.stringContaining('--documents en=') });
    writeFileSync(file, 'mine');
    expect(await runCommand('init', file, '--documents', 'en=a.csv', '--documents', 'zh=b.csv')).toMatchObject({ code: 2, log: expect.stringContaining('there already') });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});

it('writes the schema beside the file, which holds the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xtm-schema-'));
  try {
    writeFileSync(join(folder, 'en.csv'), 'text\nroom\n');
    writeFileSync(join(folder, 'zh.csv'), 'text\n房间\n');
    const file = join(folder, 'project.yaml');
    const documents = ['--documents', `en=${join(folder, 'en.csv')}`, '--documents', `zh-Hans=${join(folder, 'zh.csv')}`];
    expect(await runCommand('init', file, ...documents, '--refiner', 'openai')).toMatchObject({ code: 0 });
    const text = readFileSync(file, 'utf8');
    const [, name] = /^# yaml-language-server: \$schema=\.\/(\S+)\n/.exec(text)!;
    const schema = z.fromJSONSchema(JSON.parse(readFileSync(join(folder, name!), 'utf8')) as Parameters<typeof z.fromJSONSchema>[0]);
    const settings = parse(text) as Record<string, unknown>;
    expect(schema.safeParse(settings)).toMatchObject({ success: true });
    expect(schema.safeParse({ ...settings, epoch: 3 })).toMatchObject({ success: false });
    expect(schema.safeParse({ ...settings, rounds: 'five' })).toMatchObject({ success: false });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
