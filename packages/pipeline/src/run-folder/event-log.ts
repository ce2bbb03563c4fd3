import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { writeAtomically } from './write-atomically';

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

  append(event: RunEvent): void {
    const descriptor = openSync(this.#path, 'a');
    try {
      writeSync(descriptor, `${JSON.stringify(event)}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  /** The events so far; a last line torn by a crash is left out. */
  read(): RunEvent[] {
    if (!existsSync(this.#path)) return [];
    const lines = readFileSync(this.#path, 'utf8').split('\n');
    return lines.slice(0, -1).map((line) => JSON.parse(line) as RunEvent);
  }

  /** Drops what a resumed run will do again, and a torn last line. */
  keep(wanted: (event: RunEvent) => boolean): void {
    if (!existsSync(this.#path)) return;
    const kept = this.read().filter(wanted);
    writeAtomically(this.#path, kept.map((event) => `${JSON.stringify(event)}\n`).join(''));
  }
}
