import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { explainWriteError, MissingFileError, RunFolderError } from '@xtm/contracts';
import { CheckpointStore } from './checkpoint-store';
import { EventLog } from './event-log';
import { FolderLock } from './folder-lock';
import { writeAtomically } from './write-atomically';

/** The one writer of a run folder: holds its lock, and writes every file whole or not at all. */
export class RunFolder {
  readonly path: string;
  readonly events: EventLog;
  /** Every round of every refinement as it came: `refinements.jsonl`. */
  readonly refinements: EventLog;
  readonly checkpoints: CheckpointStore;
  readonly #lock: FolderLock;

  private constructor(path: string, lock: FolderLock, onWarning: (warning: string) => void) {
    this.path = path;
    this.#lock = lock;
    this.events = new EventLog(join(path, 'events.jsonl'));
    this.refinements = new EventLog(join(path, 'refinements.jsonl'));
    this.checkpoints = new CheckpointStore(join(path, 'checkpoints'), 2, (file) => {
      const warning = `${file} is damaged and was passed over`;
      this.events.append({ type: 'warning', warning, time: new Date().toISOString() });
      onWarning(warning);
    });
  }

  /**
   * Opens the folder for writing, making it if it is new, and clears away what a killed process left unfinished.
   *
   * @param onWarning told of damage that was got over; the folder's events have it too
   * @throws RunFolderError while another process has it, WriteError where it cannot be written to
   */
  static open(path: string, onWarning: (warning: string) => void = () => undefined): RunFolder {
    try {
      mkdirSync(path, { recursive: true });
      const folder = new RunFolder(path, FolderLock.acquire(path), onWarning);
      folder.#removeLeftovers();
      folder.events.mend();
      folder.refinements.mend();
      return folder;
    } catch (error) {
      throw explainWriteError(path, error);
    }
  }

  file(name: string): string {
    return join(this.path, name);
  }

  has(name: string): boolean {
    return existsSync(this.file(name));
  }

  write(name: string, content: Uint8Array | string): void {
    writeAtomically(this.file(name), content);
  }

  writeJson(name: string, value: unknown): void {
    this.write(name, `${JSON.stringify(value, undefined, 2)}\n`);
  }

  readJson(name: string): unknown {
    return readRunJson(this.path, name);
  }

  close(): void {
    this.#lock.release();
  }

  /** What a killed process had written aside and not yet renamed. */
  #removeLeftovers(): void {
    for (const folder of [this.path, this.file('checkpoints')]) {
      if (!existsSync(folder)) continue;
      for (const name of readdirSync(folder)) if (name.endsWith('.tmp')) rmSync(join(folder, name), { force: true });
    }
  }
}

/** Reads a JSON file of a run folder without locking it. */
export function readRunJson(folder: string, name: string): unknown {
  const path = join(folder, name);
  if (!existsSync(path)) {
    throw new MissingFileError(path, 'reading a run', { advice: `Is ${folder} a run folder, and has its run finished? "xtm run --run NAME" makes one.` });
  }
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new RunFolderError(folder, `${name} is not valid JSON`, { cause, advice: `Delete ${path} and run the same "xtm run" command again.` });
  }
}
