import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DataFormatError, describeIssue, explainWriteError } from '@xtm/contracts';
import { writeAtomically } from '@xtm/data';
import { z } from 'zod';
import { refuseNewerFormat } from './run-file';

/** What every entry of a record has. */
export interface RecordEntry {
  readonly type: string;
}

/** What entries of each type must be. */
export type EntrySchemas<Entry extends RecordEntry> = Readonly<Record<Entry['type'], z.ZodType<Entry>>>;

const typeSchema = z.looseObject({ type: z.string() });

/**
 * A record that grows with a run, one JSON object per line, in the order in which things happened. Lines of a type
 * that this version of xtm does not know stay where they are and are passed over.
 */
export class RecordFile<Entry extends RecordEntry> {
  readonly #folder: string;
  readonly #path: string;
  readonly #schemas: ReadonlyMap<string, z.ZodType<Entry>>;

  constructor(folder: string, name: string, schemas: EntrySchemas<Entry>) {
    this.#folder = folder;
    this.#path = join(folder, name);
    this.#schemas = new Map(Object.entries<z.ZodType<Entry>>(schemas));
  }

  /** Adds a line, flushed to the disk; where that fails, the record stays as it was. Throws `WriteError`. */
  append(entry: Entry): void {
    try {
      appendWhole(this.#path, Buffer.from(`${JSON.stringify(entry)}\n`));
    } catch (error) {
      throw explainWriteError(this.#path, error);
    }
  }

  /** The entries so far; a last line torn by a crash is left out. Throws `DataFormatError` for any other damage. */
  read(): Entry[] {
    refuseNewerFormat(this.#folder);
    return this.#lines().flatMap((line, index) => this.#parse(line, index + 1) ?? []);
  }

  /** Drops what a resumed run will do again. */
  keep(wanted: (entry: Entry) => boolean): void {
    if (existsSync(this.#path)) this.#replace(this.#select(wanted, true));
  }

  /** Takes the entries of another run's record in place of its own. */
  adopt(source: RecordFile<Entry>, wanted: (entry: Entry) => boolean): void {
    this.#replace(source.#select(wanted, false));
  }

  /** Cuts off a last line that a crash tore, so that the next one does not run on from it. */
  mend(): void {
    if (!existsSync(this.#path)) return;
    const bytes = readFileSync(this.#path);
    const whole = bytes.lastIndexOf('\n') + 1;
    if (whole < bytes.length) truncateSync(this.#path, whole);
  }

  /** Whole lines as they stand in the file. */
  #lines(): string[] {
    return existsSync(this.#path) ? readFileSync(this.#path, 'utf8').split('\n').slice(0, -1) : [];
  }

  #select(wanted: (entry: Entry) => boolean, unknownToo: boolean): string[] {
    return this.#lines().filter((line, index) => {
      const entry = this.#parse(line, index + 1);
      return entry === undefined ? unknownToo : wanted(entry);
    });
  }

  #replace(lines: readonly string[]): void {
    writeAtomically(this.#path, lines.map((line) => `${line}\n`).join(''));
  }

  /** Undefined for an entry of an unknown type. */
  #parse(line: string, number: number): Entry | undefined {
    const content = this.#parseJson(line, number);
    const { type } = this.#check(typeSchema, content, number);
    const schema = this.#schemas.get(type);
    return schema && this.#check(schema, content, number);
  }

  #parseJson(line: string, number: number): unknown {
    try {
      return JSON.parse(line);
    } catch (cause) {
      throw this.#damage('is not a record of a run', number, { cause });
    }
  }

  #check<Output>(schema: z.ZodType<Output>, content: unknown, number: number): Output {
    const result = schema.safeParse(content);
    if (result.success) return result.data;
    const { path, problem } = describeIssue(result.error.issues[0]!);
    const field = path.length > 0 ? path.map(String).join('.') : undefined;
    throw this.#damage(`is not a record of a run: ${problem}`, number, { cause: result.error, field });
  }

  #damage(
    problem: string,
    line: number,
    { field, cause }: { readonly field?: string; readonly cause: unknown },
  ): DataFormatError {
    const advice = `Delete line ${line} and run the same command again: it resumes.`;
    return new DataFormatError(
      problem,
      { file: this.#path, line, ...(field !== undefined && { field }) },
      { cause, advice },
    );
  }
}

function appendWhole(path: string, bytes: Uint8Array): void {
  const descriptor = openSync(path, 'a');
  try {
    const before = fstatSync(descriptor).size;
    try {
      for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
      fsyncSync(descriptor);
    } catch (error) {
      ftruncateSync(descriptor, before);
      throw error;
    }
  } finally {
    closeSync(descriptor);
  }
}
