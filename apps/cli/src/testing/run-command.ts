import { PassThrough } from 'node:stream';
import { main } from '../main';

/** What a command line printed and how it ended. */
export interface CommandResult {
  readonly code: number;
  readonly out: string;
  readonly log: string;
}

/** Runs a command line in this process, as in a pipe of 100 columns. */
export function runCommand(...args: readonly string[]): Promise<CommandResult> {
  return runCommandWith({}, ...args);
}

/** The same with environment variables. */
export async function runCommandWith(
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<CommandResult> {
  const [out, log] = [new PassThrough(), new PassThrough()];
  const [outText, logText] = [collect(out), collect(log)];
  const code = await main(args, { out, log, environment, signal: new AbortController().signal });
  out.end();
  log.end();
  return { code, out: await outText, log: await logText };
}

async function collect(stream: PassThrough): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
