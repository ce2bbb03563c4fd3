import { errorCode, XtmError, type XtmErrorOptions } from './xtm-error';

const MAKE_ROOM = 'Free some space and run the same command again: what was written is kept.';
const ELSEWHERE = 'Choose a folder that you may write to.';

const PROBLEMS: Readonly<Record<string, readonly [problem: string, advice: string]>> = {
  ENOSPC: ['the disk is full', MAKE_ROOM],
  EDQUOT: ['the disk quota is used up', MAKE_ROOM],
  EFBIG: ['the file would be larger than is allowed here', 'Raise the limit of file sizes ("ulimit -f") and run the same command again: what was written is kept.'],
  EROFS: ['the file system is read-only', ELSEWHERE],
  EACCES: ['permission denied', ELSEWHERE],
  EPERM: ['permission denied', ELSEWHERE],
  EISDIR: ['is a folder, not a file', 'Choose another name.'],
  ENOTDIR: ['a part of the path is a file, not a folder', 'Choose another name.'],
  EEXIST: ['a part of the path is a file, not a folder', 'Choose another name.'],
  EMFILE: ['too many files are open', 'Raise the limit of open files ("ulimit -n") and run the same command again.'],
  EIO: ['the disk cannot be written to', 'Check the disk, or choose another one.'],
};

/** A file or folder cannot be written: the disk is full, read-only, or belongs to somebody else. */
export class WriteError extends XtmError {
  readonly code = 'WRITE';
  readonly path: string;

  constructor(path: string, problem: string, options?: XtmErrorOptions) {
    super(`${path}: ${problem}`, options);
    this.path = path;
  }
}

/** What a failed write throws: a `WriteError` where the system error is a known one, else the error itself. */
export function explainWriteError(path: string, error: unknown): unknown {
  const known = error instanceof XtmError ? undefined : PROBLEMS[problemCode(error)];
  return known === undefined ? error : new WriteError(path, known[0], { cause: error, advice: known[1] });
}

/** Node says of a folder on a read-only file system that it cannot be made since it is not there. */
function problemCode(error: unknown): string {
  const code = errorCode(error) ?? '';
  const makesFolder = typeof error === 'object' && error !== null && 'syscall' in error && error.syscall === 'mkdir';
  return code === 'ENOENT' && makesFolder ? 'EROFS' : code;
}
