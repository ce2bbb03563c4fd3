import { InvalidOptionError, XtmError } from '@xtm/contracts';
import { note, type Terminal } from './terminal';

/** Exit codes of every command. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2 } as const;

/** Tells what went wrong and what to do, a line each; errors that are not ours keep their stack, since they are bugs. */
export function showError(terminal: Terminal, error: unknown): number {
  if (!(error instanceof XtmError)) {
    note(terminal, `unexpected error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return EXIT.failed;
  }
  note(terminal, `error: ${error.message}`);
  if (error.advice !== undefined) note(terminal, `  try: ${error.advice}`);
  return error instanceof InvalidOptionError ? EXIT.wrongUse : EXIT.failed;
}
