import { DataFormatError, EndpointError, explainWriteError } from '@xtm/contracts';
import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const recordSchema = z.object({
  url: z.string(),
  size: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  licence: z.string(),
  fetched: z.string(),
});

/** What is known of a kept file, from the JSON file beside it. */
export type HeldRecord = z.output<typeof recordSchema>;

/**
 * A file that a host gives without any checksum. The first one that comes is taken as it is and written down; from then
 * on it is held to that: neither a damaged copy nor another content of the host takes its place unnoticed.
 */
export class HeldFile {
  private constructor(readonly path: string, private readonly record: HeldRecord | undefined) {}

  /** @throws DataFormatError if the record beside it cannot be read */
  static async open(path: string): Promise<HeldFile> {
    const text = await readFile(recordPath(path), 'utf8').catch(() => undefined);
    return new HeldFile(path, text === undefined ? undefined : parseRecord(text, recordPath(path)));
  }

  /** Where the next content arrives, to be looked at before it counts. */
  get arrival(): string {
    return `${this.path}.new`;
  }

  /** The content and its record where both are there and agree. */
  async read(): Promise<{ readonly content: Uint8Array; readonly record: HeldRecord } | undefined> {
    const content = await readFile(this.path).catch(() => undefined);
    return content !== undefined && this.record !== undefined && digest(content) === this.record.sha256 ? { content, record: this.record } : undefined;
  }

  /**
   * Takes over what has arrived, unless it is another content than was written down once.
   *
   * @param facts where it came from, and on what terms
   * @param inspect throws if the content is not what it should be
   * @throws EndpointError if it has changed and `acceptChange` is not set; whatever `inspect` throws
   */
  async takeOver(facts: Pick<HeldRecord, 'url' | 'licence'>, { acceptChange, inspect }: { readonly acceptChange: boolean; readonly inspect: (content: Uint8Array) => void }): Promise<{ readonly content: Uint8Array; readonly record: HeldRecord }> {
    const content = await readFile(this.arrival);
    try {
      inspect(content);
      const record = { ...facts, size: content.length, sha256: digest(content), fetched: new Date().toISOString() };
      if (this.record !== undefined && this.record.sha256 !== record.sha256 && !acceptChange) throw changed(this.record, record);
      await writeFile(`${recordPath(this.path)}.new`, `${JSON.stringify(record, undefined, 2)}\n`);
      await rename(this.arrival, this.path);
      await rename(`${recordPath(this.path)}.new`, recordPath(this.path));
      return { content, record };
    } catch (error) {
      await rm(this.arrival, { force: true });
      throw explainWriteError(this.path, error);
    }
  }
}

function changed(before: HeldRecord, now: HeldRecord): EndpointError {
  const problem = `this is another file than the one that was fetched on ${before.fetched.slice(0, 10)} from ${before.url} (${now.size} bytes, SHA-256 ${now.sha256}; before ${before.size} bytes, ${before.sha256})`;
  return new EndpointError(now.url, 'invalidReply', problem, { advice: 'If its publisher has changed it, take the new one with --accept-change; runs that used the old one are then not repeatable with it.' });
}

function parseRecord(text: string, file: string): HeldRecord {
  const parsed = recordSchema.safeParse(safeJson(text));
  if (parsed.success) return parsed.data;
  throw new DataFormatError('does not say what the file beside it was when it came', { file }, { cause: parsed.error, advice: 'Remove it and the file beside it, and fetch the dictionary again.' });
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function recordPath(path: string): string {
  return `${path}.json`;
}

function digest(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
