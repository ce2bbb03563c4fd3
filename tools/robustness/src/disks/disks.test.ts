import { chmod, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '@xtm/data/testing';
import { ProtocolServer } from '@xtm/llm/testing';
import { littleRoom, readOnly, unprivileged, type Wrapper } from '../testing/shell-wrappers';
import { writeSmallDataset } from '../testing/small-dataset';
import { startXtm, type ProcessEnd } from '../testing/xtm-process';

let folder: TemporaryFolder;
let dataset: string;
let runs: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  dataset = await writeSmallDataset(folder.path);
  runs = join(folder.path, 'runs');
  await mkdir(runs);
});
afterEach(async () => {
  await chmod(runs, 0o755);
  await folder.remove();
});

const TRAINING = ['--num-topics', '4', '--epochs', '3', '--batch-size', '16', '--classifiers', 'none', '--top-words', '5'];

function train(wrapper?: Wrapper, ...flags: string[]): Promise<ProcessEnd> {
  const environment = { XTM_CACHE: join(folder.path, 'cache') };
  return startXtm(['run', '--dataset', dataset, '--runs-folder', runs, '--run', 'small', ...TRAINING, ...flags], { environment, wrapper }).ended;
}

async function modelOf(run: string): Promise<string> {
  return (await readFile(join(run, 'model.safetensors'))).toString('base64');
}

describe('a full disk', () => {
  it.each([8, 128])('of %d KiB stops a run with one clear error, and the run goes on when there is room', async (kibibytes) => {
    const rescued = join(folder.path, 'rescued');
    const { log } = await train(littleRoom(runs, kibibytes, rescued));
    expect(log).toMatch(/error: .*(the disk is full|larger than is allowed)/);
    expect(log).toMatch(/try: .*run the same command again/);
    expect(log).not.toContain('unexpected error');
    expect(log).toContain('first run ended with 1\n');
    expect(log).toContain('second run ended with 0\n');
    expect((await readdir(join(rescued, 'small'), { recursive: true })).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(await train()).toMatchObject({ code: 0 });
    expect(await modelOf(join(rescued, 'small'))).toBe(await modelOf(join(runs, 'small')));
  }, 120_000);
});

describe('a folder that may not be written to', () => {
  it.each([
    ['a run', () => ['run', '--dataset', dataset, '--runs-folder', runs, ...TRAINING]],
    ['a dataset', () => ['prepare', '--documents', `en=${folder.path}/en.txt`, '--documents', `zh=${folder.path}/en.txt`, '--min-document-frequency', '1', '--max-document-frequency', '1', '--out', join(runs, 'data')]],
    ['embeddings', () => ['embed', dataset, '--embedder-option', 'dimensions=4', '--out', join(runs, 'embeddings')]],
  ])('refuses %s in one sentence', async (_, args) => {
    await folder.write('en.txt', 'cats like dogs\ndogs like cats\n');
    await chmod(runs, 0o555);
    const { code, log } = await startXtm(args(), { wrapper: unprivileged() }).ended;
    expect(log).toMatch(/error: .*permission denied/);
    expect(log).toMatch(/try: .*folder that you may write to/);
    expect(log).not.toContain('unexpected error');
    expect(code).toBe(1);
    expect(await readdir(runs)).toEqual([]);
  }, 60_000);

  it('stops a run before anything is asked of a language model whose replies could not be kept', async () => {
    const server = await ProtocolServer.start();
    const cache = join(folder.path, 'cache');
    await mkdir(cache);
    await chmod(cache, 0o555);
    const { code, log } = await train(unprivileged(), '--refiner', 'openai', '--llm-base-url', server.baseUrl, '--llm-model', 'x', '--embedder-option', 'dimensions=4');
    expect(log).toMatch(/error: .*replies.*permission denied/);
    expect({ code, calls: server.calls.length }).toEqual({ code: 1, calls: 0 });
    await server.close();
  }, 60_000);

  it('is named as read-only where its file system is', async () => {
    const wrapper = readOnly(runs);
    if (wrapper === undefined) await chmod(runs, 0o555);
    const { code, log } = await train(wrapper ?? unprivileged());
    expect(log).toMatch(wrapper === undefined ? /error: .*permission denied/ : /error: .*the file system is read-only/);
    expect(code).toBe(1);
  }, 60_000);
});

it('a file that may not be read is not called missing', async () => {
  await chmod(join(dataset, 'vocab_en'), 0);
  const { code, log } = await train(unprivileged());
  expect(log).toContain('vocab_en: permission denied');
  expect(code).toBe(1);
}, 60_000);
