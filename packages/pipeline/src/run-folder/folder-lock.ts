import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { RunFolderError } from '@xtm/contracts';
import { z } from 'zod';

const holderSchema = z.object({
  pid: z.int(),
  host: z.string(),
  since: z.string(),
  /** When the holding process started, where the system tells: a reused process number is not the holder. */
  processStart: z.string().optional(),
});

type LockHolder = z.output<typeof holderSchema>;

/** Holds a folder for one process: a second one is refused, a dead one's lock is taken over. */
export class FolderLock {
  readonly #path: string;
  readonly #content: string;

  private constructor(path: string, content: string) {
    this.#path = path;
    this.#content = content;
  }

  /** Throws `RunFolderError` that names the holder when another living process has the folder. */
  static acquire(folder: string): FolderLock {
    const path = join(folder, 'lock.json');
    const processStart = processStartOf(process.pid);
    const holder: LockHolder = {
      pid: process.pid,
      host: hostname(),
      since: new Date().toISOString(),
      ...(processStart === undefined ? {} : { processStart }),
    };
    const content = JSON.stringify(holder);
    take(path, content, folder);
    return new FolderLock(path, content);
  }

  release(): void {
    if (readIfThere(this.#path) === this.#content) rmSync(this.#path, { force: true });
  }
}

/** A folder that this process holds: the proof that what writes into it asks for. */
export abstract class HeldFolder {
  readonly path: string;
  readonly #lock: FolderLock;

  /** Throws `RunFolderError` while another process has the folder. */
  protected constructor(path: string) {
    this.path = path;
    this.#lock = FolderLock.acquire(path);
  }

  close(): void {
    this.#lock.release();
  }
}

function take(path: string, content: string, folder: string): void {
  while (!createWhole(path, content)) {
    const present = readIfThere(path);
    if (present === undefined) continue;
    const holder = parseHolder(present);
    if (holder !== undefined && isAlive(holder)) throw inUse(folder, path, holder);
    removeStale(path, present, content, folder);
  }
}

/**
 * Of several processes that find the same dead lock, only the one that holds the lock's own lock may remove it, and
 * only while it is still the dead one: else the second would remove what the first has just put in its place.
 */
function removeStale(path: string, stale: string, content: string, folder: string): void {
  const takeover = `${path}.takeover`;
  take(takeover, content, folder);
  try {
    if (readIfThere(path) === stale) rmSync(path, { force: true });
  } finally {
    rmSync(takeover, { force: true });
  }
}

/** Whether the file could be made; false when the name is taken. */
function createWhole(path: string, content: string): boolean {
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, content);
  try {
    // A link appears whole or not at all, and fails when the name is taken: no window for two winners.
    return unlessTaken(() => linkSync(aside, path));
  } catch (error) {
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return unlessTaken(() => writeFileSync(path, content, { flag: 'wx' }));
  } finally {
    rmSync(aside, { force: true });
  }
}

/** What file systems without hard links say. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK']);

function unlessTaken(create: () => void): boolean {
  try {
    create();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function inUse(folder: string, path: string, { pid, host, since }: LockHolder): RunFolderError {
  return new RunFolderError(folder, `in use by process ${pid} on ${host} since ${since}`, {
    advice: `Wait for that process, or use another run name. If it is gone for certain, delete ${path}.`,
  });
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A lock that cannot be read is nobody's. */
function parseHolder(content: string): LockHolder | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(content)).data;
  } catch {
    return undefined;
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
  return holder.processStart === undefined || holder.processStart === processStartOf(holder.pid);
}

/** Start time in clock ticks since boot (Linux: field 22 of /proc/PID/stat, counted after the name in brackets). */
function processStartOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
