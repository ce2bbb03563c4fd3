import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MissingFileError, RunFolderError } from '@xtm/contracts';
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

  private constructor(path: string, lock: FolderLock) {
    this.path = path;
    this.#lock = lock;
    this.events = new EventLog(join(path, 'events.jsonl'));
    this.refinements = new EventLog(join(path, 'refinements.jsonl'));
    this.checkpoints = new CheckpointStore(join(path, 'checkpoints'), 2, (file) => {
      this.events.append({ type: 'warning', warning: `${file} is damaged and was passed over`, time: new Date().toISOString() });
    });
  }

  /** Opens the folder for writing, making it if it is new. Throws `RunFolderError` while another process has it. */
  static open(path: string): RunFolder {
    try {
      mkdirSync(path, { recursive: true });
      const folder = new RunFolder(path, FolderLock.acquire(path));
      folder.#removeLeftovers();
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
    try {
      writeAtomically(this.file(name), content);
    } catch (error) {
      throw explainWriteError(this.path, error);
    }
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
    throw new RunFolderError(folder, `${name} is not valid JSON`, { cause, advice: 'Run the same command again to write it afresh.' });
  }
}

const WRITE_PROBLEMS: Readonly<Record<string, readonly [problem: string, advice: string]>> = {
  ENOSPC: ['the disk is full', 'Free some space and run the same command again: it resumes.'],
  EDQUOT: ['the disk quota is used up', 'Free some space and run the same command again: it resumes.'],
  EROFS: ['the file system is read-only', 'Choose another folder with --runs-folder.'],
  EACCES: ['permission denied', 'Choose a folder that you may write to with --runs-folder.'],
  EPERM: ['permission denied', 'Choose a folder that you may write to with --runs-folder.'],
  ENOTDIR: ['a part of the path is a file, not a folder', 'Choose another run name.'],
};

function explainWriteError(folder: string, error: unknown): unknown {
  const known = WRITE_PROBLEMS[(error as NodeJS.ErrnoException).code ?? ''];
  if (known === undefined || error instanceof RunFolderError) return error;
  return new RunFolderError(folder, known[0], { cause: error, advice: known[1] });
}
