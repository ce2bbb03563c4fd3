import type { TemporaryFolder } from '@xtm/data/testing';
import type { XtmError } from '@xtm/contracts';

/** One way in which input is wrong, and what the reader must say of it. */
export interface BadCase {
  /** What is wrong, in words. */
  readonly input: string;
  /** Hands the input to its reader. Files go into the folder, under the name that `file` gives. */
  readonly read: (folder: TemporaryFolder) => unknown;
  readonly error: abstract new (...parameters: never[]) => XtmError;
  /** Part of the message. */
  readonly says: string;
  /** Name of the file that the message must give. */
  readonly file?: string;
  readonly line?: number;
  readonly field?: string;
}

/** The cases of one reader. */
export interface BadInputs {
  readonly reader: string;
  readonly cases: readonly BadCase[];
}
