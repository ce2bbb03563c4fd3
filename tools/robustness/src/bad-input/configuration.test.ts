import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '@xtm/data/testing';
import { runXtm } from '../testing/run-xtm';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const bomb = `a: &a [x, x]\n${[...'bcdefghijklm'].map((name, i) => `${name}: &${name} [${`*${'abcdefghijkl'[i]!}, `.repeat(9)}]`).join('\n')}\n`;

it.each<[string, string | Uint8Array, number, string]>([
  ['a list that is never closed', 'seed: 1\nclassifiers: [\n', 1, 'run.yaml:'],
  ['indentation that fits nothing', 'llm:\n  model: a\n preset: b\n', 1, 'run.yaml:3'],
  ['a setting twice', 'seed: 1\nseed: 2\n', 1, 'run.yaml:2'],
  ['no settings', '', 1, 'expected a mapping of settings'],
  ['a list of settings', '- seed\n', 1, 'expected a mapping of settings'],
  ['aliases that explode', bomb, 1, 'run.yaml'],
  ['bytes that are not UTF-8', Buffer.from([...Buffer.from('model: '), 0xe9, 0x0a]), 1, 'run.yaml:1: is not valid UTF-8'],
  ['another encoding', Buffer.from('seed: 1\n', 'utf16le'), 1, 'null character'],
  ['an unknown setting', 'epochz: 3\n', 2, 'epochz'],
  ['a setting of the wrong type', 'dataset: 3\n', 2, 'dataset'],
  ['a key of an endpoint', 'dataset: x\nrefiner: openai\nllm:\n  model: a\n  baseUrl: http://localhost/v1\n  apiKey: sk-0123456789\n', 2, 'llm.apiKey'],
])('a configuration file with %s is refused in a sentence', async (_, content, code, says) => {
  const file = await folder.write('run.yaml', content);
  const end = await runXtm(['run', '--config', file]);
  expect(end.printed).toContain(says);
  expect(end.printed).toMatch(/^error: .+\n {2}try: .+\n$/);
  expect(end.printed).not.toContain('sk-0123456789');
  expect(end.code).toBe(code);
});

it('a configuration file in UTF-16 with byte order mark, or UTF-8 with one, is read', async () => {
  for (const content of [Buffer.from('\ufeffdataset: nowhere\n', 'utf16le'), '\ufeffdataset: nowhere\r\n']) {
    const end = await runXtm(['run', '--config', await folder.write('run.yaml', content)]);
    expect(end.printed).toContain(join(folder.path, 'nowhere'));
  }
});

it('a folder or nothing in its place is told apart', async () => {
  await mkdir(join(folder.path, 'run.yaml'));
  expect((await runXtm(['run', '--config', join(folder.path, 'run.yaml')])).printed).toContain('is a folder, not a file');
  expect((await runXtm(['run', '--config', join(folder.path, 'none.yaml')])).printed).toContain('none.yaml: not found');
});
