import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readNpy } from '@xtm/data';
import { ProtocolServer } from '@xtm/llm/testing';
import { runCommandWith } from './testing/run-command';
import { smallDataset, type SmallDataset } from './testing/small-dataset';

let data: SmallDataset;
let server: ProtocolServer;
beforeAll(async () => {
  data = await smallDataset();
  server = await ProtocolServer.start({ embed: (text) => [text.length, 1, text.charCodeAt(text.length - 1) % 7] });
});
afterAll(async () => {
  await server.close();
  data.remove();
});

const shapes = { 'doc_embeddings_cn_test.npy': 12, 'doc_embeddings_cn_train.npy': 45, 'doc_embeddings_en_test.npy': 12, 'doc_embeddings_en_train.npy': 60, 'word_embeddings_cn.npy': 24, 'word_embeddings_en.npy': 24 };

function embed(out: string, ...flags: string[]) {
  return runCommandWith({ XTM_CACHE: join(data.folder, 'cache') }, 'embed', data.dataset, '--out', join(data.folder, out), ...flags);
}

it('writes embeddings under the names that public code reads, and a run takes them from there', async () => {
  expect(await embed('aligned', '--embedder-option', 'dimensions=6')).toMatchObject({ code: 0 });
  expect(readdirSync(join(data.folder, 'aligned')).sort()).toEqual(Object.keys(shapes));
  for (const [name, rows] of Object.entries(shapes)) expect(readNpy(readFileSync(join(data.folder, 'aligned', name)), name).shape).toEqual([rows, 6]);
  const flags = ['--model', 'gloctm', '--num-topics', '4', '--epochs', '2', '--classifiers', 'none', '--embedder', 'precomputed', '--embedder-option', `folder=${join(data.folder, 'aligned')}`];
  expect(await runCommandWith({}, 'run', '--dataset', data.dataset, '--runs-folder', data.folder, '--run', 'from-files', ...flags)).toMatchObject({ code: 0 });
});

it('reads words in place of texts that a dataset lacks, and says so for each language and split', async () => {
  const flags = ['--embedder', 'openai', '--embedder-option', `baseUrl=${server.baseUrl}`, '--embedder-option', 'model=tiny', '--embedder-option', 'prefix=query: ', '--embedder-option', 'requestFields.dimensions=3'];
  const { code, log } = await embed('rebuilt', ...flags);
  expect(code).toBe(0);
  expect(log.match(/warning: the (training|test) documents \((en|zh-Hans)\) have no texts/g)).toHaveLength(4);
  const { body } = server.calls.at(-1)!;
  expect(body).toMatchObject({ model: 'tiny', dimensions: 3, input: expect.arrayContaining([expect.stringMatching(/^query: [\w ]+$/)]) as string[] });
});

it('takes documents as the mean of their words on request, and encodes each word once', async () => {
  const before = server.calls.length;
  const flags = ['--embedder', 'openai', '--embedder-option', `baseUrl=${server.baseUrl}`, '--embedder-option', 'model=tiny', '--embedder-option', 'documentVectors=words', '--embedder-option', 'dimensions=3'];
  expect(await embed('means', ...flags)).toMatchObject({ code: 0, log: expect.not.stringContaining('no texts') });
  const sent = server.calls.slice(before).flatMap(({ body }) => (body as { input: string[] }).input);
  expect(sent).toHaveLength(48);
});

it.each([
  [['model=tiny', 'dimensions=5'], 'dimensions: tiny at', 'Leave dimensions out or give 3'],
  [[], 'model: is needed', 'model=text-embedding-3-small'],
  [['model=tiny', 'requestFields={"a"'], 'begins like JSON', 'requestFields.dimensions=256'],
  [['model=tiny', 'requestFields.api_key=1'], 'embedderOptions.requestFields.api_key: a key must not', 'environment variable'],
])('refuses options of an endpoint with advice: %s', async (options, problem, advice) => {
  const flags = [`baseUrl=${server.baseUrl}`, 'retryDelay=1', ...options].flatMap((option) => ['--embedder-option', option]);
  const { code, log } = await embed('refused', '--embedder', 'openai', ...flags);
  expect(code).toBe(2);
  expect(log).toContain(problem);
  expect(log).toContain(advice);
});

it('names the command that fetches a model which is not there', async () => {
  expect(await embed('none', '--embedder', 'bge-m3')).toMatchObject({ code: 1, log: expect.stringContaining('xtm models fetch bge-m3') });
});
