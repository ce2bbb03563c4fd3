import type { Readable } from 'node:stream';
import { explainWriteError, InvalidOptionError, XtmError } from '@xtm/contracts';
import { redactSecrets } from '@xtm/llm';
import { findSetting, flagOf } from '@xtm/pipeline';
import type { TextStyle } from '@xtm/report';

/** Where a command prints: results to `out`, everything about the work itself to `log`. */
export interface Terminal {
  /** Where answers to questions come from; nothing is asked without it. */
  readonly in?: Readable & { readonly isTTY?: boolean };
  readonly out: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly log: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Stops the work in progress at the next safe point. */
  readonly signal: AbortSignal;
}

/** How tables are set here: as wide as the terminal, in bold where it can show that. */
export function textStyle(terminal: Terminal): TextStyle {
  return { width: terminal.out.columns, bold: (text) => bold(terminal, text) };
}

function usesColour({ out, environment }: Terminal): boolean {
  return out.isTTY === true && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
}

/** Text that stands out where the terminal can show it. */
export function bold(terminal: Terminal, text: string): string {
  return usesColour(terminal) ? `\u001b[1m${text}\u001b[22m` : text;
}

export function print(terminal: Terminal, text: string): void {
  terminal.out.write(`${text}\n`);
}

/** Values that do not exist become null, or are left out of objects. */
export function printJson(terminal: Terminal, value: unknown): void {
  print(terminal, JSON.stringify(value, undefined, 2));
}

/** Writes a line beside the results. */
export function note(terminal: Terminal, text: string): void {
  terminal.log.write(`${withFlags(text)}\n`);
}

/** What a library says, with the names of options that it puts into backquotes as flags. */
export function withFlags(text: string): string {
  return text.replace(/`([a-z][a-zA-Z]*)`/g, (_, name: string) => flagOf(name));
}

/** The terminal that this process runs in. */
export function processTerminal(): Terminal {
  // A reader such as `head` that has seen enough is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  return {
    in: process.stdin,
    out: process.stdout,
    log: process.stderr,
    environment: process.env,
    signal: interruptSignal(),
  };
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const SHOW_CURSOR = '\x1b[?25h';

/**
 * Aborts at the first Ctrl-C, so that the work can end in good order. From then on the system's own handling is back:
 * a second Ctrl-C ends the process at once, whatever it is doing.
 */
function interruptSignal(log: NodeJS.WritableStream & { readonly isTTY?: boolean } = process.stderr): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => {
    for (const signal of SIGNALS) process.off(signal, interrupt);
    log.write(`${log.isTTY ? SHOW_CURSOR : ''}\nStopping in good order; Ctrl-C again stops at once.\n`);
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  return controller.signal;
}

/** Exit codes of every command. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2 } as const;

/**
 * Tells what went wrong and what to do, a line each; errors that are not ours keep their stack, since they are bugs.
 */
export function showError(terminal: Terminal, thrown: unknown): number {
  const error = explainWriteError(pathOf(thrown), thrown);
  if (!(error instanceof XtmError)) {
    noteSafely(
      terminal,
      `unexpected error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return EXIT.failed;
  }
  noteSafely(terminal, `error: ${error.message}`);
  const advice = error.advice ?? flagAdvice(error);
  if (advice !== undefined) noteSafely(terminal, `  try: ${advice}`);
  return error instanceof InvalidOptionError ? EXIT.wrongUse : EXIT.failed;
}

/** Libraries name settings; here they have flags. */
function flagAdvice(error: XtmError): string | undefined {
  const setting = error instanceof InvalidOptionError ? findSetting(error.option) : undefined;
  return setting && `Change ${flagOf(setting.name)}, or ${setting.name} in the settings file.`;
}

/** A key that was put where it does not belong is not repeated. */
function noteSafely(terminal: Terminal, text: string): void {
  note(terminal, redactSecrets(text, []));
}

function pathOf(error: unknown): string {
  const path = error instanceof Error && 'path' in error ? error.path : undefined;
  return typeof path === 'string' ? path : 'a file';
}
