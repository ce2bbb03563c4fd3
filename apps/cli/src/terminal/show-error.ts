import { explainWriteError, InvalidOptionError, XtmError } from '@xtm/contracts';
import { redactSecrets } from '@xtm/llm';
import { findSetting, flagOf } from '@xtm/pipeline';
import { note, type Terminal } from './terminal';

/** Exit codes of every command. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2 } as const;

/** Tells what went wrong and what to do, a line each; errors that are not ours keep their stack, since they are bugs. */
export function showError(terminal: Terminal, thrown: unknown): number {
  const error = explainWriteError(pathOf(thrown), thrown);
  if (!(error instanceof XtmError)) {
    noteSafely(terminal, `unexpected error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
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
