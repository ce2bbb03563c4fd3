import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '@xtm/data/testing';
import { writeSmallDataset } from './testing/small-dataset';
import { startXtm, type XtmProcessOptions } from './testing/xtm-process';

/** Other Nodes to compare with, paths set apart by commas; `npm run test:nodes` names Node 20 and 22. */
const NODES = (process.env['XTM_NODES'] ?? '').split(',').filter((path) => path !== '');

const RESULTS = /\.npy$|^T\d+_|^(topics|metrics)\.json$|^model\.safetensors$/;

let folder: TemporaryFolder;
let dataset: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  dataset = await writeSmallDataset(folder.path);
});
afterAll(() => folder.remove());

/** Trains both phases in a process of its own; returns loss curves and results to the bit. */
async function train(name: string, options: XtmProcessOptions): Promise<ReadonlyMap<string, string>> {
  const runs = join(folder.path, 'runs');
  const training = ['--model', 'xtra', '--backend', 'wasm', '--num-topics', '4', '--epochs', '3', '--batch-size', '8', '--classifiers', 'linear', '--seed', '7'];
  const phaseTwo = ['--refiner', 'corpus', '--refine-epochs', '3', '--rounds', '2', '--embedder-option', 'dimensions=4'];
  const { code, log } = await startXtm(['run', '--dataset', dataset, '--runs-folder', runs, '--run', name, ...training, ...phaseTwo], options).ended;
  expect({ code, log }).toMatchObject({ code: 0 });
  const events = readFileSync(join(runs, name, 'events.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  const curve = events.filter(({ type }) => type === 'epoch').map(({ epoch, losses, gradientNorm }) => JSON.stringify([epoch, losses, gradientNorm]));
  const files = readdirSync(join(runs, name)).filter((file) => RESULTS.test(file)).sort();
  return new Map([['losses', curve.join('\n')], ...files.map((file) => [file, readFileSync(join(runs, name, file)).toString('base64')] as const)]);
}

it('the same seed gives the same losses and results, to the bit, whatever the process, time zone, language and terminal', async () => {
  const plain = await train('plain', { environment: { TZ: 'UTC', LC_ALL: 'C' } });
  const elsewhere = await train('elsewhere', { environment: { TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', LANGUAGE: 'tr', COLUMNS: '40', FORCE_COLOR: '1', TERM: 'xterm-256color' } });
  expect(plain.get('losses')!.split('\n')).toHaveLength(6);
  expect(plain.size).toBeGreaterThan(10);
  expect(elsewhere).toEqual(plain);
  for (const [index, node] of NODES.entries()) expect(await train(`node ${index}`, { node })).toEqual(plain);
}, 300_000);
