import { XtmError, type XtmErrorOptions } from './xtm-error';

/** The caller's `AbortSignal` stopped the work; what was finished is kept. */
export class AbortedError extends XtmError {
  readonly code = 'ABORTED';

  constructor(stage: string, options?: XtmErrorOptions) {
    super(`${stage} was stopped`, { ...options, advice: options?.advice ?? 'Run the same command again: what was finished is kept.' });
  }
}
