import { execFileSync } from 'node:child_process';
import { closeSync, constants, existsSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder, type TemporaryFolder } from '@xtm/data/testing';
import { writeSmallDataset } from './testing/small-dataset';
import { startXtm, type XtmProcess } from './testing/xtm-process';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

async function untilLog({ child }: XtmProcess, text: string): Promise<void> {
  let seen = '';
  child.stderr!.on('data', (chunk) => (seen += String(chunk)));
  while (!seen.includes(text)) await sleep(5);
}

/** Opens a pipe for writing as soon as somebody reads from it. */
async function openOnceRead(pipe: string): Promise<number> {
  for (;;) {
    try {
      return openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
      await sleep(20);
    }
  }
}

it('Ctrl-C ends training in good order, with the last epoch\'s checkpoint and word of how to go on', async () => {
  const dataset = await writeSmallDataset(folder.path);
  const checkpoints = join(folder.path, 'runs', 'small', 'checkpoints');
  const training = startXtm(['run', '--dataset', dataset, '--runs-folder', join(folder.path, 'runs'), '--run', 'small', '--num-topics', '4', '--epochs', '5000', '--batch-size', '8']);
  while (!existsSync(checkpoints) || readdirSync(checkpoints).length < 4) await sleep(5);
  training.child.kill('SIGINT');
  const { code, log } = await training.ended;
  expect(log).toContain('Stopping in good order; Ctrl-C again stops at once.');
  expect(log).toMatch(/error: training was stopped\n {2}try: Run the same command again: it resumes/);
  expect(code).toBe(1);
  const kept = readdirSync(checkpoints).sort();
  expect(kept).toHaveLength(4);
  expect(kept.filter((name) => name.endsWith('.sha256'))).toHaveLength(2);
  expect(existsSync(join(folder.path, 'runs', 'small', 'lock.json'))).toBe(false);
}, 60_000);

it('a second Ctrl-C ends the process at once, even where the first cannot be heeded', async () => {
  const pipe = join(folder.path, 'never.txt');
  execFileSync('mkfifo', [pipe]);
  const waiting = startXtm(['prepare', '--documents', `en=${pipe}`, '--documents', `zh=${pipe}`, '--out', join(folder.path, 'data')]);
  const stopping = untilLog(waiting, 'Stopping in good order');
  const writer = await openOnceRead(pipe);
  waiting.child.kill('SIGINT');
  await stopping;
  expect(waiting.child.exitCode).toBeNull();
  waiting.child.kill('SIGINT');
  expect(await waiting.ended).toMatchObject({ code: null, signal: 'SIGINT' });
  closeSync(writer);
}, 60_000);
