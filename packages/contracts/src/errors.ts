import type { ModelNeed } from './resources';

export interface XtmErrorOptions {
  /** What the user can do about it, in one sentence. */
  readonly advice?: string;
  readonly cause?: unknown;
}

/** Base of every error that xtm throws on purpose: `message` says what was wrong and where, `advice` what to do. */
export abstract class XtmError extends Error {
  /** Stable, for programs. */
  abstract readonly code: string;
  readonly advice: string | undefined;

  constructor(message: string, options: XtmErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.advice = options.advice;
  }
}

/** The code of a system error such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

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

const READ_PROBLEMS: Readonly<Record<string, string>> = {
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
    super(`${file}: ${READ_PROBLEMS[errorCode(options?.cause) ?? ''] ?? 'not found'}; needed for ${purpose}`, {
      ...options,
      advice: options?.advice ?? 'Check the path, and that you may read it.',
    });
    this.file = file;
  }
}

/** Where in the data something is wrong. */
export interface DataPlace {
  readonly file: string;
  /** Counted from 1. */
  readonly line?: number;
  /** Column, member or key. */
  readonly field?: string;
}

/**
 * A file exists but its content is not what its format promises. Says where, and what to do: at least to look there.
 */
export class DataFormatError extends XtmError {
  readonly code = 'DATA_FORMAT';
  readonly place: DataPlace;

  constructor(problem: string, place: DataPlace, options?: XtmErrorOptions) {
    const { file, line, field } = place;
    super(`${file}${line === undefined ? '' : `:${line}`}${field === undefined ? '' : ` (${field})`}: ${problem}`, {
      ...options,
      advice: options?.advice ?? adviceFor(place),
    });
    this.place = place;
  }
}

function adviceFor({ line, field }: DataPlace): string {
  if (line !== undefined) return `Correct line ${line} of the file.`;
  if (field !== undefined) return `Correct ${field} in the file, or write the file again.`;
  return 'Check that it is the right file and that it is whole.';
}

const MAKE_ROOM = 'Free some space and run the same command again: what was written is kept.';
const ELSEWHERE = 'Choose a folder that you may write to.';

const WRITE_PROBLEMS: Readonly<Record<string, readonly [problem: string, advice: string]>> = {
  ENOSPC: ['the disk is full', MAKE_ROOM],
  EDQUOT: ['the disk quota is used up', MAKE_ROOM],
  EFBIG: [
    'the file would be larger than is allowed here',
    'Raise the limit of file sizes ("ulimit -f") and run the same command again: what was written is kept.',
  ],
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
  const known = error instanceof XtmError ? undefined : WRITE_PROBLEMS[problemCode(error)];
  return known === undefined ? error : new WriteError(path, known[0], { cause: error, advice: known[1] });
}

/** Node says of a folder on a read-only file system that it cannot be made since it is not there. */
function problemCode(error: unknown): string {
  const code = errorCode(error) ?? '';
  const makesFolder = typeof error === 'object' && error !== null && 'syscall' in error && error.syscall === 'mkdir';
  return code === 'ENOENT' && makesFolder ? 'EROFS' : code;
}

/** Nothing is left to learn from: no documents, no words, or no usable dictionary pair. */
export class EmptyCorpusError extends XtmError {
  readonly code = 'EMPTY_CORPUS';
  /** BCP-47 code of the language concerned, if one is. */
  readonly language: string | undefined;

  constructor(problem: string, options?: XtmErrorOptions & { readonly language?: string }) {
    super(problem, options);
    this.language = options?.language;
  }
}

/** A model needs something that neither the data nor the chosen components supply. */
export class MissingNeedError extends XtmError {
  readonly code = 'MISSING_NEED';
  readonly model: string;
  readonly need: ModelNeed;

  constructor(model: string, need: ModelNeed, advice: string) {
    super(`${model} needs ${need}, which nothing supplies`, { advice });
    this.model = model;
    this.need = need;
  }
}

/** Too little links the languages of a corpus for a model to match its topics across them. */
export class UnlinkedLanguagesError extends XtmError {
  readonly code = 'UNLINKED_LANGUAGES';
  readonly model: string;
  /** Word pairs that link the languages. */
  readonly pairs: number;
  /** Share of the running words of each language that have a partner, by the languages' codes. */
  readonly runningShares: Readonly<Record<string, number>>;

  constructor(model: string, pairs: number, runningShares: Readonly<Record<string, number>>, advice: string) {
    const reach = Object.entries(runningShares)
      .map(([code, share]) => `${(100 * share).toFixed(1)} % in ${code}`)
      .join(', ');
    const links = `${pairs} word pairs link them, which reach ${reach} of the running words`;
    super(`${model} cannot match topics across the languages: ${links}`, { advice });
    this.model = model;
    this.pairs = pairs;
    this.runningShares = runningShares;
  }
}

/** A loss became NaN or infinite. */
export class TrainingDivergedError extends XtmError {
  readonly code = 'TRAINING_DIVERGED';
  readonly epoch: number;
  readonly batch: number;
  /** The addend of the loss that is not finite. */
  readonly part: string;

  constructor(epoch: number, batch: number, part: string, lastCheckpoint: string | undefined) {
    const checkpoint = lastCheckpoint === undefined ? '' : `; the last good checkpoint is ${lastCheckpoint}`;
    super(`loss part ${part} is not finite in epoch ${epoch}, batch ${batch}`, {
      advice: `Lower learningRate, under another run name${checkpoint}.`,
    });
    this.epoch = epoch;
    this.batch = batch;
    this.part = part;
  }
}

/** A run folder cannot be used: locked by another process, made with other settings, or damaged. */
export class RunFolderError extends XtmError {
  readonly code = 'RUN_FOLDER';
  readonly folder: string;

  constructor(folder: string, problem: string, options?: XtmErrorOptions) {
    super(`${folder}: ${problem}`, options);
    this.folder = folder;
  }
}

/** The caller's `AbortSignal` stopped the work; what was finished is kept. */
export class AbortedError extends XtmError {
  readonly code = 'ABORTED';

  constructor(stage: string, options?: XtmErrorOptions) {
    super(`${stage} was stopped`, {
      ...options,
      advice: options?.advice ?? 'Run the same command again: what was finished is kept.',
    });
  }
}

/** Why an endpoint could not answer: tells what to retry from what to mend. */
export type EndpointFailure =
  | 'unauthorised'
  | 'notFound'
  | 'quota'
  | 'throttled'
  | 'server'
  | 'network'
  | 'timeout'
  | 'invalidReply'
  | 'badRequest';

/** A chat, embedding or download endpoint failed for good, after the retries that its kind of failure deserves. */
export class EndpointError extends XtmError {
  readonly code = 'ENDPOINT';
  readonly endpoint: string;
  readonly failure: EndpointFailure;
  readonly status: number | undefined;

  constructor(
    endpoint: string,
    failure: EndpointFailure,
    problem: string,
    options?: XtmErrorOptions & { readonly status?: number },
  ) {
    super(`${endpoint}: ${problem}`, options);
    this.endpoint = endpoint;
    this.failure = failure;
    this.status = options?.status;
  }
}

/** What a budget limits: calls, tokens, or money. */
export type BudgetLimit = 'maxCalls' | 'maxTokens' | 'maxCost';

/** The next call of a paid model could go beyond what the user allows; it was not made. */
export class BudgetExceededError extends XtmError {
  readonly code = 'BUDGET';
  readonly limit: BudgetLimit;
  readonly allowed: number;
  readonly spent: number;

  constructor(limit: BudgetLimit, allowed: number, spent: number, options?: XtmErrorOptions) {
    super(`the budget ${limit} ${allowed} leaves no room for another call (spent: ${spent})`, {
      advice: `Raise ${limit}; replies so far are kept and cost nothing again.`,
      ...options,
    });
    this.limit = limit;
    this.allowed = allowed;
    this.spent = spent;
  }
}

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

/** An optional backend's package, or the native binding inside it, is not installed. */
export class BackendMissingError extends BackendError {
  override readonly code = 'BACKEND_MISSING';
}

/** A native binding is there, but a library that it needs is not, or is another one than it was built for. */
export class BackendLibraryError extends BackendError {
  override readonly code = 'BACKEND_LIBRARY';
}

/** The device that a backend computes on has no memory left. */
export class BackendMemoryError extends BackendError {
  override readonly code = 'BACKEND_MEMORY';
}

/**
 * The system has a card, and the installed library cannot use it: wrong or missing CUDA, or a driver too old for it.
 */
export class CudaError extends BackendError {
  override readonly code = 'CUDA';
}

/** A binding for GPUs is installed, and the system has no card that it can see. */
export class NoGpuError extends BackendError {
  override readonly code = 'NO_GPU';
}
