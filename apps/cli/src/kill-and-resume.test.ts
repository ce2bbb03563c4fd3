import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { smallDataset, type SmallDataset } from './testing/small-dataset';

const XTM = resolve(__dirname, '../bin/xtm.mjs');
const EPOCHS = 40;

let data: SmallDataset;
beforeAll(async () => {
  data = await smallDataset();
});
afterAll(() => data.remove());

/** Starts a run as a process of its own. */
function start(run: string) {
  const args = ['run', '--dataset', data.dataset, '--runs-folder', data.folder, '--run', run, '--num-topics', '4', '--epochs', String(EPOCHS), '--batch-size', '8', '--classifiers', 'linear'];
  const child = spawn(process.execPath, [XTM, ...args], { stdio: 'ignore' });
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  return { child, ended };
}

function losses(run: string): unknown[] {
  const events = readFileSync(join(data.folder, run, 'events.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  return events.filter(({ type }) => type === 'epoch').map(({ epoch, losses: parts }) => [epoch, parts]);
}

async function untilEpoch(run: string, epoch: number): Promise<void> {
  const events = join(data.folder, run, 'events.jsonl');
  while (!existsSync(events) || !readFileSync(events, 'utf8').includes(`"epoch":${epoch},`)) await setTimeout(5);
}

it('a run killed again and again ends with the same losses and files as an undisturbed one', async () => {
  expect(await start('undisturbed').ended).toBe(0);
  for (const epoch of [2, 11, 27]) {
    const { child, ended } = start('killed');
    await untilEpoch('killed', epoch);
    child.kill('SIGKILL');
    expect(await ended).toBeNull();
  }
  expect(await start('killed').ended).toBe(0);
  expect(losses('killed')).toHaveLength(EPOCHS);
  expect(losses('killed')).toEqual(losses('undisturbed'));
  const results = readdirSync(join(data.folder, 'undisturbed')).filter((name) => /\.(npy|txt)$|^(topics|metrics)\.json$|^model/.test(name));
  expect(results.length).toBeGreaterThan(12);
  for (const name of results) {
    expect(readFileSync(join(data.folder, 'killed', name)).equals(readFileSync(join(data.folder, 'undisturbed', name)))).toBe(true);
  }
}, 300_000);

it('an interrupted run ends in good order and says how to go on', async () => {
  const { child, ended } = start('interrupted');
  await untilEpoch('interrupted', 3);
  child.kill('SIGINT');
  expect(await ended).toBe(1);
  expect(existsSync(join(data.folder, 'interrupted', 'lock.json'))).toBe(false);
  expect(await start('interrupted').ended).toBe(0);
}, 300_000);
