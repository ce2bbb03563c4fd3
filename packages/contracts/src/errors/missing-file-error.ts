import { errorCode, XtmError, type XtmErrorOptions } from './xtm-error';

const PROBLEMS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'is a folder, not a file',
  ENOTDIR: 'a part of the path is a file, not a folder',
  ERR_FS_FILE_TOO_LARGE: 'larger than the 2 GiB that can be read at once',
  EIO: 'the disk cannot read it',
};

/** A file or folder that is needed does not exist or cannot be read; a system error as `cause` says which. */
export class MissingFileError extends XtmError {
  readonly code = 'MISSING_FILE';
  readonly file: string;

  constructor(file: string, purpose: string, options?: XtmErrorOptions) {
    super(`${file}: ${PROBLEMS[errorCode(options?.cause) ?? ''] ?? 'not found'}; needed for ${purpose}`, { ...options, advice: options?.advice ?? 'Check the path, and that you may read it.' });
    this.file = file;
  }
}
