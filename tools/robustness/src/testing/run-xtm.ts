import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { main } from '@xtm/cli';

/** What a command line printed, results and log together, and how it ended. */
export interface CommandEnd {
  readonly code: number;
  readonly printed: string;
}

/** Runs a command line in this process, as in a pipe. */
export async function runXtm(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CommandEnd> {
  const streams = [new PassThrough(), new PassThrough()] as const;
  const texts = Promise.all(streams.map((stream) => text(stream)));
  const code = await main(args, {
    out: streams[0],
    log: streams[1],
    environment,
    signal: new AbortController().signal,
  });
  streams.forEach((stream) => stream.end());
  return { code, printed: (await texts).join('') };
}
