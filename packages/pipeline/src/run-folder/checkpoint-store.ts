import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { explainWriteError } from '@xtm/contracts';
import { writeAtomically } from '@xtm/data';

/** A checkpoint read back whole. */
export interface StoredCheckpoint {
  readonly epoch: number;
  readonly file: string;
  readonly bytes: Uint8Array;
}

export const CHECKPOINTS_FOLDER = 'checkpoints';

/** How many of the newest checkpoints stay; two let a torn one be passed over. */
const KEPT = 2;

const NAME = /^epoch-(\d+)\.safetensors$/;

/** `checkpoints/epoch-N.safetensors`, each with its SHA-256 beside it: the newest two, and the pinned one. */
export class CheckpointStore {
  readonly #folder: string;
  readonly #onDamage: (file: string) => void;
  #pinned: number | undefined;

  /**
   * @param run folder of the run
   * @param onDamage told of every checkpoint whose checksum does not hold
   */
  constructor(run: string, onDamage: (file: string) => void) {
    this.#folder = join(run, CHECKPOINTS_FOLDER);
    this.#onDamage = onDamage;
  }

  /** From now on the checkpoint after this epoch stays, however many come after it. */
  pin(epoch: number): void {
    this.#pinned = epoch;
  }

  /** Throws `WriteError`; the checkpoints that are there stay. */
  save(epoch: number, bytes: Uint8Array): string {
    this.#makeFolder();
    const file = this.#file(epoch);
    writeAtomically(file, bytes);
    writeAtomically(`${file}.sha256`, digest(bytes));
    for (const old of this.#epochs().slice(KEPT)) if (old !== this.#pinned) this.#remove(old);
    return file;
  }

  /** The newest checkpoint that is whole and not newer than `atMost`, if there is one. */
  newest(atMost = Number.POSITIVE_INFINITY): StoredCheckpoint | undefined {
    for (const epoch of this.#epochs().filter((candidate) => candidate <= atMost)) {
      const file = this.#file(epoch);
      const bytes = readFileSync(file);
      const sum = `${file}.sha256`;
      if (existsSync(sum) && readFileSync(sum, 'utf8') === digest(bytes)) return { epoch, file, bytes };
      this.#onDamage(file);
    }
    return undefined;
  }

  #makeFolder(): void {
    try {
      mkdirSync(this.#folder, { recursive: true });
    } catch (error) {
      throw explainWriteError(this.#folder, error);
    }
  }

  /** Epochs that have a checkpoint, newest first. */
  #epochs(): number[] {
    if (!existsSync(this.#folder)) return [];
    const found = readdirSync(this.#folder).flatMap((name) => NAME.exec(name)?.[1] ?? []);
    return found.map(Number).sort((a, b) => b - a);
  }

  #file(epoch: number): string {
    return join(this.#folder, `epoch-${String(epoch).padStart(5, '0')}.safetensors`);
  }

  #remove(epoch: number): void {
    rmSync(`${this.#file(epoch)}.sha256`, { force: true });
    rmSync(this.#file(epoch), { force: true });
  }
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
