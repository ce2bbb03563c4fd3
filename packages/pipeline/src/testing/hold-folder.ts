import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { RunFolderError } from '@xtm/contracts';
import { RunFolder } from '../run-folder/run-folder';

/** A program: at a given time opens a run folder, holds it for a while, and writes into a log what happened. */
async function main([path, log, startAt]: readonly string[]): Promise<void> {
  await sleep(Math.max(0, Number(startAt) - Date.now() - 5));
  while (Date.now() < Number(startAt));
  try {
    const folder = RunFolder.open(path!);
    appendFileSync(log!, `${process.pid} holds\n`);
    await sleep(150);
    appendFileSync(log!, `${process.pid} leaves\n`);
    folder.close();
  } catch (error) {
    if (!(error instanceof RunFolderError)) throw error;
    appendFileSync(log!, `${process.pid} is refused: ${error.message}\n`);
  }
}

void main(process.argv.slice(2));
