import { XtmError, type XtmErrorOptions } from './xtm-error';

/** Where in the data something is wrong. */
export interface DataPlace {
  readonly file: string;
  /** Counted from 1. */
  readonly line?: number;
  /** Column, member or key. */
  readonly field?: string;
}

/** A file exists but its content is not what its format promises. Says where, and what to do: at least to look there. */
export class DataFormatError extends XtmError {
  readonly code = 'DATA_FORMAT';
  readonly place: DataPlace;

  constructor(problem: string, place: DataPlace, options?: XtmErrorOptions) {
    const { file, line, field } = place;
    super(`${file}${line === undefined ? '' : `:${line}`}${field === undefined ? '' : ` (${field})`}: ${problem}`, { ...options, advice: options?.advice ?? adviceFor(place) });
    this.place = place;
  }
}

function adviceFor({ line, field }: DataPlace): string {
  if (line !== undefined) return `Correct line ${line} of the file.`;
  if (field !== undefined) return `Correct ${field} in the file, or write the file again.`;
  return 'Check that it is the right file and that it is whole.';
}
