import { XtmError, type XtmErrorOptions } from './xtm-error';

/** A file or folder that is needed does not exist or cannot be read. */
export class MissingFileError extends XtmError {
  readonly code = 'MISSING_FILE';
  readonly file: string;

  constructor(file: string, purpose: string, options?: XtmErrorOptions) {
    super(`${file}: not found; needed for ${purpose}`, options);
    this.file = file;
  }
}
