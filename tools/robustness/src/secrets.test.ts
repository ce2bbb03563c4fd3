import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '@xtm/data/testing';
import { ProtocolServer } from '@xtm/llm/testing';
import { runXtm, type CommandEnd } from './testing/run-xtm';
import { writeSmallDataset } from './testing/small-dataset';

const KEY = 'sk-robust-7f3a9c0d1e';

let folder: TemporaryFolder;
let dataset: string;
let server: ProtocolServer;
beforeEach(async () => {
  folder = await temporaryFolder();
  dataset = await writeSmallDataset(folder.path);
  server = await ProtocolServer.start({ apiKey: KEY });
});
afterEach(async () => {
  await server.close();
  await folder.remove();
});

function run(flags: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<CommandEnd> {
  const place = ['--dataset', dataset, '--runs-folder', join(folder.path, 'runs'), '--run', 'small'];
  const training = ['--num-topics', '3', '--epochs', '1', '--classifiers', 'none', '--refine-epochs', '1', '--rounds', '1', '--embedder-option', 'dimensions=4'];
  return runXtm(['run', ...place, ...training, '--refiner', 'openai', '--llm-model', 'x', ...flags], { XTM_CACHE: join(folder.path, 'cache'), ...environment });
}

/** Files that hold the key, the one that may left out. */
function filesWithKey(): string[] {
  const names = readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return names.map((entry) => join(entry.parentPath, entry.name)).filter((file) => !file.endsWith('key.txt') && readFileSync(file).includes(KEY));
}

async function expectNoKey(end: CommandEnd): Promise<void> {
  expect(end.printed).not.toContain(KEY);
  expect(end.printed).not.toContain(Buffer.from(KEY).toString('base64'));
  expect(filesWithKey()).toEqual([]);
}

it('a key comes from a file, and is nowhere else', async () => {
  const file = await folder.write('key.txt', `${KEY}\n`);
  const end = await run(['--llm-base-url', server.baseUrl, '--llm-key-file', file]);
  expect(end).toMatchObject({ code: 0 });
  expect(server.chatCalls[0]!.authorization).toBe(`Bearer ${KEY}`);
  await expectNoKey(end);
});

it('a server that repeats the key in its error does not bring it to light', async () => {
  await server.close();
  server = await ProtocolServer.start({ apiKey: 'another' });
  const end = await run(['--llm-base-url', server.baseUrl, '--llm-key-variable', 'MY_KEY'], { MY_KEY: KEY });
  expect(end.code).toBe(1);
  expect(end.printed).toContain('[redacted]');
  await expectNoKey(end);
});

it.each([
  ['among the options of an embedder', ['--embedder', 'openai', '--embedder-option', `apiKey=${KEY}`], 'embedders.openai.apiKey'],
  ['in the address of an embedder', ['--embedder', 'openai', '--embedder-option', `baseUrl=http://localhost/v1?key=${KEY}`], 'embedders.openai.baseUrl'],
  ['as a password in the address of a language model', ['--llm-base-url', `http://user:${KEY}@localhost/v1`], 'baseUrl'],
  ['in place of the variable\'s name', ['--llm-base-url', 'http://localhost:9/v1', '--llm-key-variable', KEY], 'apiKeyVariable'],
  ['in place of the file\'s name', ['--llm-base-url', 'http://localhost:9/v1', '--llm-key-file', KEY], 'not found'],
])('a key %s is refused before anything is written, and not quoted', async (_, flags, says) => {
  const end = await run(['--llm-base-url', server.baseUrl, ...flags]);
  expect(end.code).toBeGreaterThan(0);
  expect(end.printed).toContain(says);
  await expectNoKey(end);
});
