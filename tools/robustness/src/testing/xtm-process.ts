import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

const XTM = resolve(__dirname, '../../../../apps/cli/bin/xtm.mjs');

/** How a process ended. */
export interface ProcessEnd {
  /** `null` where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly log: string;
}

/** The command line in a process of its own. */
export interface XtmProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<ProcessEnd>;
}

export interface XtmProcessOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Program and arguments that the command line is handed to, for example what limits the size of files. */
  readonly wrapper?: readonly string[];
  /** Another Node than this one. */
  readonly node?: string;
  /** User to run as. */
  readonly user?: number;
}

/** Starts a command line; nothing of this process' environment but what finds programs gets in. */
export function startXtm(
  args: readonly string[],
  { environment = {}, wrapper = [], node = process.execPath, user }: XtmProcessOptions = {},
): XtmProcess {
  const [program, ...rest] = [...wrapper, node, XTM, ...args] as [string, ...string[]];
  const child = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  let log = '';
  child.stdout.resume();
  child.stderr.on('data', (chunk) => (log += String(chunk)));
  const ended = new Promise<ProcessEnd>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => done({ code, signal, log }));
  });
  return { child, ended };
}
