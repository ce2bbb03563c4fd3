import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChatRequest, ProtocolServer } from '@xtm/llm/testing';
import { shortPath } from '@xtm/pipeline';
import { runCommandWith, type CommandResult } from './testing/run-command';

const CONCEPTS = 40;
const ENGLISH = Array.from({ length: CONCEPTS }, (_, i) => `word${'abcdefgh'[i % 8]}${'abcde'[Math.floor(i / 8)]}`);
const GERMAN = ENGLISH.map((word) => `wort${word.slice(4)}`);

/** Direction of a concept, by a hash of its letters; each language adds one of its own. */
function vectorOf(text: string): number[] {
  const word = text.replace(/^query: /, '');
  const index = [ENGLISH, GERMAN].map((words) => words.indexOf(word)).find((found) => found >= 0) ?? -1;
  const language = word.startsWith('wort') ? [3, 0] : [0, 3];
  return [...Array.from({ length: 30 }, (_, i) => Math.sin((index + 2) * (i + 1) * 12.9898) * 2), ...language];
}

function answer({ messages }: ChatRequest): string {
  const content = messages.at(-1)!.content;
  const [from, into] = content.includes('into German') ? [ENGLISH, GERMAN] : [GERMAN, ENGLISH];
  return content.split('\n\n')[1]!.split('\n').map((word) => `${word} = ${into[from.indexOf(word)] ?? '?'}`).join('\n');
}

let folder: string;
let server: ProtocolServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-dictionary-'));
  server = await ProtocolServer.start({ embed: vectorOf, answer });
  const text = (words: readonly string[], i: number): string => [0, 1, 2, 3].map((step) => words[(i * 3 + step * 7) % CONCEPTS]).join(' ');
  mkdirSync(join(folder, 'texts'));
  for (const [name, words] of [['en', ENGLISH], ['de', GERMAN]] as const) writeFileSync(join(folder, 'texts', `${name}.txt`), Array.from({ length: 80 }, (_, i) => text(words, i)).join('\n'));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const xtm = (...args: readonly string[]): Promise<CommandResult> => runCommandWith({ XTM_CACHE: join(folder, 'cache') }, ...args);
const project = (): string => join(folder, 'xtm.yaml');
const documents = (): string[] => ['en', 'de'].flatMap((code) => ['--documents', `${code}=${join(folder, 'texts', `${code}.txt`)}`]);
const init = (...flags: readonly string[]): Promise<CommandResult> => xtm('init', project(), ...documents(), ...flags);
const encoder = (): string[] => ['--embedder', 'openai', '--embedder-option', `baseUrl=${server.baseUrl}`, '--embedder-option', 'model=m'];
const model = (): string[] => ['--llm-base-url', server.baseUrl, '--llm-model', 'm'];
const lines = (name: string): string[] => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
const right = (pairs: readonly string[]): number => pairs.filter((pair) => pair.split(' ')[0]!.slice(4) === pair.split(' ')[1]!.slice(4)).length;

describe('xtm dictionary induce', () => {
  it('makes the dictionary that a project names before there is one, which prepare then reads', async () => {
    expect(await init()).toMatchObject({ code: 0, out: expect.stringContaining(`which MUSE has for these languages. Look at it, then:\n  xtm dictionary fetch en,de --out ${shortPath(join(folder, 'dictionary-en-de.txt'))}\n`) });
    expect(await xtm('prepare', project())).toMatchObject({ code: 1, log: expect.stringContaining(`xtm dictionary induce ${shortPath(project())}`) });
    const { code, out } = await xtm('dictionary', 'induce', project(), ...encoder());
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining(`Next:       xtm prepare ${shortPath(project())}\n`) });
    expect(out).toMatch(/\d+ pairs found by m: \d+ each other's nearest \(score of at least 2\.0\)/);
    const pairs = lines('dictionary-en-de.txt');
    expect(pairs[0]).toMatch(/^wort\w+ word\w+$/);
    expect(right(pairs) / CONCEPTS).toBeGreaterThan(0.8);
    expect(await xtm('prepare', project())).toMatchObject({ code: 0, out: expect.stringContaining(`Dictionary pairs: ${pairs.length}`) });
  });

  it('takes a dataset folder, keeps the pairs of a known dictionary, and tells all of it in JSON', async () => {
    expect(await xtm('prepare', ...documents(), '--out', join(folder, 'data'))).toMatchObject({ code: 0 });
    writeFileSync(join(folder, 'known.txt'), `${GERMAN[0]} ${ENGLISH[5]}\n${GERMAN[1]} ${ENGLISH[1]}`);
    const induce = (...flags: string[]) => xtm('dictionary', 'induce', join(folder, 'data'), ...encoder(), '--out', join(folder, 'out.txt'), ...flags);
    const { code, out, log } = await induce('--known', join(folder, 'known.txt'), '--json');
    expect([code, log]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ encoder: 'm', mutual: { threshold: 2 }, quality: { words: 1 }, coverage: [{ code: 'en' }, { code: 'de' }] });
    expect(lines('out.txt')).toContain(`${GERMAN[0]} ${ENGLISH[5]}`);
    expect(await induce()).toMatchObject({ code: 2, log: expect.stringContaining('is there already') });
    expect(await induce('--replace', '--known', join(folder, 'known.txt'), '--only-induced')).toMatchObject({ code: 0 });
    expect(lines('out.txt')).not.toContain(`${GERMAN[0]} ${ENGLISH[5]}`);
  });

  it('says what is missing where there is no encoder, or one that needs a dictionary itself', async () => {
    await init();
    expect(await xtm('dictionary', 'induce', project())).toMatchObject({ code: 2, log: expect.stringContaining('xtm models fetch multilingual-e5-small') });
    expect(await xtm('dictionary', 'induce', project(), '--embedder', 'aligned')).toMatchObject({ code: 2, log: expect.stringContaining('does not know which words mean the same') });
  });
});

describe('xtm dictionary translate', () => {
  it('says what it would take, translates, and pays nothing the second time', async () => {
    await init();
    const dry = await xtm('dictionary', 'translate', project(), '--dry-run', '--prices', '1,4');
    expect(dry).toMatchObject({ code: 0, out: expect.stringMatching(/^80 words in 2 requests: about \d+ tokens sent and \d+ received, cost about 0\.\d+\n$/) });
    expect(server.chatCalls).toHaveLength(0);
    const translate = (...flags: string[]) => xtm('dictionary', 'translate', project(), ...model(), '--out', join(folder, 'out.txt'), ...flags);
    expect(await translate()).toMatchObject({ code: 0, out: expect.stringContaining('80 of 80 words translated; 40 pairs given in both directions') });
    expect(right(lines('out.txt'))).toBe(CONCEPTS);
    expect(await translate('--replace')).toMatchObject({ code: 0, out: expect.stringContaining('0 replies paid for, 2 from the cache') });
    expect(server.chatCalls).toHaveLength(2);
  });

  it('keeps what a budget allowed, and goes on from there', async () => {
    await init();
    const translate = (...flags: string[]) => xtm('dictionary', 'translate', project(), ...model(), '--batch-size', '10', '--direction', 'first', '--out', join(folder, 'out.txt'), '--replace', ...flags);
    const stopped = await translate('--max-calls', '2');
    expect(stopped).toMatchObject({ code: 0, log: expect.stringContaining('the same command with more goes on') });
    expect(lines('out.txt')).toHaveLength(20);
    expect(await translate()).toMatchObject({ code: 0, out: expect.stringContaining('2 replies paid for, 2 from the cache') });
    expect(lines('out.txt')).toHaveLength(CONCEPTS);
  });

  it('translates the most frequent words only, if told so, and has no key in its flags', async () => {
    await init();
    expect(await xtm('dictionary', 'translate', project(), ...model(), '--words', '5', '--direction', 'second', '--out', join(folder, 'out.txt'))).toMatchObject({ code: 0, out: expect.stringContaining('5 of 5 words translated') });
    expect(await xtm('dictionary', 'translate', project(), '--llm-base-url', 'http://u:p@127.0.0.1:1/v1', '--llm-model', 'm', '--out', join(folder, 'b.txt'))).toMatchObject({ code: 2, log: expect.stringContaining('must not') });
  });
});
