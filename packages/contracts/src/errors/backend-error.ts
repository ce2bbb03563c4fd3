import { XtmError, type XtmErrorOptions } from './xtm-error';

/** A tensor backend was asked for by name and cannot be used here. */
export class BackendError extends XtmError {
  readonly code = 'BACKEND';
  readonly backend: string;

  constructor(backend: string, problem: string, options?: XtmErrorOptions) {
    super(`backend ${backend}: ${problem}`, options);
    this.backend = backend;
  }
}
