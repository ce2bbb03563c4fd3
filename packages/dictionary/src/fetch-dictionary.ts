import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  DataFormatError,
  EndpointError,
  explainWriteError,
  MissingFileError,
  parseOptions,
  type RunOptions,
} from '@xtm/contracts';
import {
  decodeText,
  downloadUnknownFile,
  resolveTransfer,
  type TransferAdvice,
  type TransferOptions,
  type TransferSettings,
} from '@xtm/data';
import { cacheFolder } from '@xtm/llm';
import type { LanguagePair } from './lists/languages';
import { parsePairLines } from './lists/word-files';
import { type LeftOut, WordCollector, type WordList } from './lists/word-list';
import { findMusePairs, MUSE, museCode } from './muse-catalogue';

/** What {@link FetchDictionaryOptions} may be, beside the options of the transfer; fields say what they are. */
export const fetchDictionarySchema = z.strictObject({
  baseUrl: z
    .url({ protocol: /^(https?|file)$/, error: 'must be an address with http:, https: or file:' })
    .default(MUSE.baseUrl)
    .meta({
      description: 'a mirror, file: for a folder of this machine',
      defaultText: "MUSE's own host",
      placeholder: 'url',
    }),
  folder: z.string().min(1).optional().meta({
    description: 'where fetched files are kept',
    defaultText: 'dictionaries in the cache folder, XTM_CACHE',
    placeholder: 'folder',
  }),
  acceptChange: z
    .boolean()
    .default(false)
    .describe('fetch again, and take what comes even if it is not what came first'),
});

/** Where a dictionary is fetched from and kept, and how patiently. */
export interface FetchDictionaryOptions extends TransferOptions {
  /**
   * A mirror: files are at this address plus `en-ja.txt`. A `file:` address makes a folder of this machine one.
   * Default MUSE's own host.
   */
  readonly baseUrl?: string;
  /** Folder that fetched files are kept in. Default `dictionaries` in the cache folder. */
  readonly folder?: string;
  /**
   * Whether to ask the host again and take what it has, even if that is not what it had the first time. Default false.
   */
  readonly acceptChange?: boolean;
}

/** A dictionary that was fetched, now or earlier. */
export interface FetchedDictionary {
  readonly list: WordList;
  /** MUSE's name of it: `en-ja`. */
  readonly pair: string;
  /** Where it is kept. */
  readonly file: string;
  readonly record: HeldRecord;
  /** Whether anything was downloaded, or the kept file was right. */
  readonly downloaded: boolean;
  /** Lines that are not empty. */
  readonly lines: number;
  /** `severalWords` counts lines with several words on a side or with one word alone. */
  readonly leftOut: LeftOut;
}

const ADVICE: TransferAdvice = {
  offline:
    'Check the connection, or name a mirror with `baseUrl`, a folder for example: file:///data/muse/. "xtm ' +
    'dictionary from FILE" reads a file that you have.',
  refused: 'Name a mirror that may be read with `baseUrl`.',
  missing: 'Check the base URL: files stand right below it, en-ja.txt for example.',
};

/**
 * Fetches MUSE's ground-truth dictionary of two languages as a word list in their order. The file is kept, with its
 * address, licence, size and SHA-256 beside it: a kept file that is still right is not fetched again, and one that is
 * damaged, or another content of the host, is noticed. Where the host lacks the dictionary in the asked direction,
 * that of the other one is taken.
 *
 * @param languages BCP-47
 * @throws InvalidOptionError for languages that MUSE has no dictionary of, EndpointError, MissingFileError for a
 *   `file:` mirror, AbortedError, DataFormatError
 */
export async function fetchDictionary(
  languages: LanguagePair,
  options: FetchDictionaryOptions = {},
  run: RunOptions = {},
): Promise<FetchedDictionary> {
  const { attempts, retryDelay, stallTimeout, ...own } = options;
  const parsed = parseOptions(fetchDictionarySchema, own);
  const { baseUrl, folder = join(cacheFolder(), 'dictionaries'), acceptChange } = parsed;
  const settings = resolveTransfer({ attempts, retryDelay, stallTimeout }, ADVICE, run);
  const fetchPair = async (pair: string): Promise<FetchedDictionary> => {
    const url = `${baseUrl.replace(/\/*$/, '/')}${pair}.txt`;
    const held = await HeldFile.open(join(folder, `muse-${pair}.txt`));
    const kept = acceptChange ? undefined : await held.read();
    const { content, record } = kept ?? (await download(held, url, acceptChange, settings, run));
    return {
      pair,
      file: held.path,
      record,
      downloaded: kept === undefined,
      ...readPairs(content, held.path, pair, languages),
    };
  };
  return firstThatExists(findMusePairs(languages), fetchPair);
}

/** The first that is not missing; where all are, the error of the first one counts. */
async function firstThatExists<Found>(
  pairs: readonly string[],
  fetchPair: (pair: string) => Promise<Found>,
): Promise<Found> {
  let missing: unknown;
  for (const pair of pairs) {
    try {
      return await fetchPair(pair);
    } catch (error) {
      if (!isMissing(error)) throw error;
      missing ??= error;
    }
  }
  throw missing;
}

async function download(
  held: HeldFile,
  url: string,
  acceptChange: boolean,
  settings: TransferSettings,
  { onProgress }: RunOptions,
): Promise<{ readonly content: Uint8Array; readonly record: HeldRecord }> {
  const stage = `fetching ${url.slice(url.lastIndexOf('/') + 1)}`;
  await downloadUnknownFile(url, held.arrival, settings, (done, total) =>
    onProgress?.({ stage, done, total: total ?? done }),
  );
  return held.takeOver(
    { url, licence: MUSE.licence },
    { acceptChange, inspect: (content) => inspectPairs(content, url) },
  );
}

/** Share of the lines that must be pairs of words in a file that is taken for a dictionary. */
const ENOUGH_PAIRS = 0.5;

/** Sign-in pages and error texts come with every sign of success. */
function inspectPairs(content: Uint8Array, url: string): void {
  const refuse = (problem: string, cause?: unknown): never => {
    throw new EndpointError(url, 'invalidReply', `what came is no dictionary: ${problem}`, {
      cause,
      advice:
        'Open the address in a browser to see what it is; a proxy or a sign-in page may stand before it. `baseUrl` ' +
        'names a mirror.',
    });
  };
  const text = decode(content, url, refuse);
  if (/^\s*<(!doctype|html|\?xml)/i.test(text)) refuse('it is a web page');
  const { pairs, lines } = parsePairLines(text.split(/\r?\n/));
  if (lines === 0) refuse('it is empty');
  if (pairs.length < ENOUGH_PAIRS * lines) refuse(`only ${pairs.length} of its ${lines} lines are two words`);
}

function decode(content: Uint8Array, url: string, refuse: (problem: string, cause: unknown) => never): string {
  try {
    return decodeText(content, url);
  } catch (error) {
    return refuse('it is no text in UTF-8', error);
  }
}

function readPairs(
  content: Uint8Array,
  file: string,
  pair: string,
  languages: LanguagePair,
): Pick<FetchedDictionary, 'list' | 'lines' | 'leftOut'> {
  const { pairs, lines, malformed } = parsePairLines(decodeText(content, file).split(/\r?\n/));
  const inOrder = pair.startsWith(`${museCode(languages[0])}-`);
  const collector = new WordCollector(languages);
  for (const [left, right] of pairs) collector.add([inOrder ? left : right], [inOrder ? right : left]);
  const { leftOut } = collector;
  return { list: collector.build(), lines, leftOut: { ...leftOut, severalWords: leftOut.severalWords + malformed } };
}

function isMissing(error: unknown): boolean {
  return error instanceof MissingFileError || (error instanceof EndpointError && error.failure === 'notFound');
}

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
 * A file that a host gives without any checksum. The first one that comes is taken as it is and written down; from
 * then on it is held to that: neither a damaged copy nor another content of the host takes its place unnoticed.
 */
class HeldFile {
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
    return content !== undefined && this.record !== undefined && digest(content) === this.record.sha256
      ? { content, record: this.record }
      : undefined;
  }

  /**
   * Takes over what has arrived, unless it is another content than was written down once.
   *
   * @param facts where it came from, and on what terms
   * @param inspect throws if the content is not what it should be
   * @throws EndpointError if it has changed and `acceptChange` is not set; whatever `inspect` throws
   */
  async takeOver(
    facts: Pick<HeldRecord, 'url' | 'licence'>,
    { acceptChange, inspect }: { readonly acceptChange: boolean; readonly inspect: (content: Uint8Array) => void },
  ): Promise<{ readonly content: Uint8Array; readonly record: HeldRecord }> {
    const content = await readFile(this.arrival);
    try {
      inspect(content);
      const record = { ...facts, size: content.length, sha256: digest(content), fetched: new Date().toISOString() };
      const before = this.record;
      if (before !== undefined && before.sha256 !== record.sha256 && !acceptChange) throw changed(before, record);
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
  const problem = `this is another file than the one that was fetched on ${before.fetched.slice(0, 10)} from ` +
    `${before.url} (${now.size} bytes, SHA-256 ${now.sha256}; before ${before.size} bytes, ${before.sha256})`;
  return new EndpointError(now.url, 'invalidReply', problem, {
    advice:
      'If its publisher has changed it, take the new one with `acceptChange`; runs that used the old one are then ' +
      'not repeatable with it.',
  });
}

function parseRecord(text: string, file: string): HeldRecord {
  const parsed = recordSchema.safeParse(safeJson(text));
  if (parsed.success) return parsed.data;
  throw new DataFormatError(
    'does not say what the file beside it was when it came',
    { file },
    { cause: parsed.error, advice: 'Remove it and the file beside it, and fetch the dictionary again.' },
  );
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
