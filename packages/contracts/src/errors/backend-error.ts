import { XtmError, type XtmErrorOptions } from './xtm-error';

/** A backend was asked for by name and cannot be used here; its subclasses say why where the reason is a known one. */
export class BackendError extends XtmError {
  readonly code: string = 'BACKEND';
  readonly backend: string;
  /** The message without the backend's name. */
  readonly problem: string;

  constructor(backend: string, problem: string, options?: XtmErrorOptions) {
    super(`backend ${backend}: ${problem}`, options);
    this.backend = backend;
    this.problem = problem;
  }
}
