import { XtmError, type XtmErrorOptions } from './xtm-error';

/** An option has a value outside what it may be, or does not exist. */
export class InvalidOptionError extends XtmError {
  readonly code = 'INVALID_OPTION';
  readonly option: string;
  /** What was given; `[redacted]` where the option's name says that it may be a secret. */
  readonly value: unknown;

  constructor(option: string, value: unknown, problem: string, options?: XtmErrorOptions) {
    super(`${option}: ${problem}`, options);
    this.option = option;
    this.value = typeof value === 'string' && MAY_BE_SECRET.test(option) ? '[redacted]' : value;
  }
}

/** Options that hold a secret itself, not the name of a variable or file that does. */
const MAY_BE_SECRET = /(key|token|secret|password|authorization)$/i;
