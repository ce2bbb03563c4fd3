import { XtmError, type XtmErrorOptions } from '@xtm/contracts';

/** A stage could not be measured. */
export class MeasurementError extends XtmError {
  readonly code = 'MEASUREMENT';
  readonly stage: string;

  constructor(stage: string, problem: string, options?: XtmErrorOptions) {
    super(`${stage}: ${problem}`, options);
    this.stage = stage;
  }
}
