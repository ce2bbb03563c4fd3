import type { Readable } from 'node:stream';

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

/** Columns of the terminal; 100 where there is none. */
export function terminalWidth({ out }: Terminal): number {
  return out.columns ?? 100;
}

export function usesColour({ out, environment }: Terminal): boolean {
  return out.isTTY === true && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
}

/** Text that stands out where the terminal can show it. */
export function bold(terminal: Terminal, text: string): string {
  return usesColour(terminal) ? `\u001b[1m${text}\u001b[22m` : text;
}

export function print(terminal: Terminal, text: string): void {
  terminal.out.write(`${text}\n`);
}

export function note(terminal: Terminal, text: string): void {
  terminal.log.write(`${text}\n`);
}
