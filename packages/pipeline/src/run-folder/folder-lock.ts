import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { RunFolderError } from '@xtm/contracts';

interface LockHolder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
  /** When the holding process started, where the system tells: a reused process number is not the holder. */
  readonly processStart?: string;
}

/** Holds a folder for one process: a second one is refused, a dead one's lock is taken over. */
export class FolderLock {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /** Throws `RunFolderError` that names the holder when another living process has the folder. */
  static acquire(folder: string): FolderLock {
    const path = join(folder, 'lock.json');
    const aside = `${path}.${process.pid}`;
    const start = processStart(process.pid);
    const holder: LockHolder = { pid: process.pid, host: hostname(), since: new Date().toISOString(), ...(start === undefined ? {} : { processStart: start }) };
    writeFileSync(aside, JSON.stringify(holder));
    try {
      // A link appears whole or not at all, and fails when the name is taken: no window for two winners.
      while (!tryLink(aside, path)) removeIfStale(path, folder);
      return new FolderLock(path);
    } finally {
      rmSync(aside, { force: true });
    }
  }

  release(): void {
    rmSync(this.#path, { force: true });
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function removeIfStale(path: string, folder: string): void {
  const holder = readHolder(path);
  if (holder !== undefined && isAlive(holder)) {
    throw new RunFolderError(folder, `in use by process ${holder.pid} on ${holder.host} since ${holder.since}`, {
      advice: `Wait for that process, or use another run name. If it is gone for certain, delete ${path}.`,
    });
  }
  rmSync(path, { force: true });
}

function readHolder(path: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LockHolder;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A holder on another machine is taken for alive: it cannot be asked. */
function isAlive(holder: LockHolder): boolean {
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return holder.processStart === undefined || holder.processStart === processStart(holder.pid);
}

/** Start time in clock ticks since boot (Linux: field 22 of /proc/PID/stat, counted after the name in brackets). */
function processStart(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
