import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { DataFormatError, explainWriteError } from '@xtm/contracts';
import { z } from 'zod';
import { writeAtomically } from './write-atomically';

const eventSchema = z.looseObject({ type: z.string() });

/** One line of `events.jsonl`. */
export interface RunEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The record of a run, a JSON object a line, in the order in which things happened. */
export class EventLog {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Adds a line, flushed to the disk; where that fails, the record stays as it was. Throws `WriteError`. */
  append(event: RunEvent): void {
    try {
      appendWhole(this.#path, Buffer.from(`${JSON.stringify(event)}\n`));
    } catch (error) {
      throw explainWriteError(this.#path, error);
    }
  }

  /** The events so far; a last line torn by a crash is left out. Throws `DataFormatError` for any other damage. */
  read(): RunEvent[] {
    if (!existsSync(this.#path)) return [];
    const lines = readFileSync(this.#path, 'utf8').split('\n');
    return lines.slice(0, -1).map((line, index) => this.#parse(line, index + 1));
  }

  /** Drops what a resumed run will do again. */
  keep(wanted: (event: RunEvent) => boolean): void {
    if (!existsSync(this.#path)) return;
    const kept = this.read().filter(wanted);
    writeAtomically(this.#path, kept.map((event) => `${JSON.stringify(event)}\n`).join(''));
  }

  /** Cuts off a last line that a crash tore, so that the next one does not run on from it. */
  mend(): void {
    if (!existsSync(this.#path)) return;
    const bytes = readFileSync(this.#path);
    const whole = bytes.lastIndexOf('\n') + 1;
    if (whole < bytes.length) truncateSync(this.#path, whole);
  }

  #parse(line: string, number: number): RunEvent {
    try {
      return eventSchema.parse(JSON.parse(line));
    } catch (cause) {
      throw new DataFormatError('is not a record of a run', { file: this.#path, line: number }, { cause, advice: `Delete line ${number} and run the same command again: it resumes.` });
    }
  }
}

function appendWhole(path: string, bytes: Uint8Array): void {
  const descriptor = openSync(path, 'a');
  try {
    const before = fstatSync(descriptor).size;
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
      fsyncSync(descriptor);
    } catch (error) {
      ftruncateSync(descriptor, before);
      throw error;
    }
  } finally {
    closeSync(descriptor);
  }
}
