import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type ChatReply, explainWriteError } from '@xtm/contracts';

const replySchema = z.object({
  text: z.string(),
  usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }),
  truncated: z.boolean(),
});

/** Everything that decides what a model would answer. */
export type ReplyIdentity = Readonly<Record<string, unknown>>;

/**
 * Replies on disk, found by a hash of everything that decides them: a file per reply, written aside, flushed and
 * renamed, so that a killed process leaves whole replies only.
 */
export class ReplyCache {
  constructor(private readonly folder: string) {}

  /** The reply kept for the identity, or `undefined`; a damaged file counts as none. */
  async read(identity: ReplyIdentity): Promise<ChatReply | undefined> {
    const content = await readFile(this.fileOf(identity), 'utf8').catch(() => undefined);
    const parsed = content === undefined ? undefined : replySchema.safeParse(parseJson(content));
    return parsed?.success ? { ...parsed.data, cached: true } : undefined;
  }

  /** Makes sure, before a reply is paid for, that it can be kept. Throws `WriteError`. */
  async prepare(identity: ReplyIdentity): Promise<void> {
    const folder = dirname(this.fileOf(identity));
    try {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK);
    } catch (error) {
      throw explainWriteError(folder, error);
    }
  }

  /** Keeps a reply; when the promise resolves, it is on disk. Throws `WriteError`. */
  async write(identity: ReplyIdentity, { text, usage, truncated = false }: ChatReply): Promise<void> {
    const file = this.fileOf(identity);
    const aside = `${file}.${randomUUID()}`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(aside, JSON.stringify({ text, usage, truncated }), { flush: true });
      await rename(aside, file);
    } catch (error) {
      await rm(aside, { force: true });
      throw explainWriteError(file, error);
    }
  }

  private fileOf(identity: ReplyIdentity): string {
    const hash = createHash('sha256').update(canonicalJson(identity)).digest('hex');
    return join(this.folder, hash.slice(0, 2), `${hash}.json`);
  }
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** JSON with sorted keys, so that equal identities are equal texts. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

/** Where replies and downloads are kept between runs: `XTM_CACHE`, else `xtm` in the platform's cache folder. */
export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (environment.XTM_CACHE) return environment.XTM_CACHE;
  if (platform === 'win32')
    return join(environment.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'xtm', 'Cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'xtm');
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'xtm');
}
