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

it('says what is missing when an embedder needs texts and there are none', async () => {
  const flags = ['--embedder', 'openai', '--embedder-option', `baseUrl=${server.baseUrl}`, '--embedder-option', 'model=tiny'];
  expect(await embed('none', ...flags)).toMatchObject({ code: expect.any(Number), log: expect.stringContaining('bags of words only') });
});

it('names the command that fetches a model which is not there', async () => {
  expect(await embed('none', '--embedder', 'bge-m3')).toMatchObject({ code: 1, log: expect.stringContaining('xtm models fetch bge-m3') });
});
