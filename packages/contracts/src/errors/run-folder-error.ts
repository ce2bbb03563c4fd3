import { XtmError, type XtmErrorOptions } from './xtm-error';

/** A run folder cannot be used: locked by another process, made with other settings, or damaged. */
export class RunFolderError extends XtmError {
  readonly code = 'RUN_FOLDER';
  readonly folder: string;

  constructor(folder: string, problem: string, options?: XtmErrorOptions) {
    super(`${folder}: ${problem}`, options);
    this.folder = folder;
  }
}
