import { XtmError, type XtmErrorOptions } from './xtm-error';

/** An option has a value outside what it may be, or does not exist. */
export class InvalidOptionError extends XtmError {
  readonly code = 'INVALID_OPTION';
  readonly option: string;
  readonly value: unknown;

  constructor(option: string, value: unknown, problem: string, options?: XtmErrorOptions) {
    super(`${option}: ${problem}`, options);
    this.option = option;
    this.value = value;
  }
}
