export interface XtmErrorOptions {
  /** What the user can do about it, in one sentence. */
  readonly advice?: string;
  readonly cause?: unknown;
}

/** Base of every error that xtm throws on purpose: `message` says what was wrong and where, `advice` what to do. */
export abstract class XtmError extends Error {
  /** Stable, for programs. */
  abstract readonly code: string;
  readonly advice: string | undefined;

  constructor(message: string, options: XtmErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.advice = options.advice;
  }
}

/** The code of a system error such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
