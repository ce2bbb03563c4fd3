import { parseOptions, type RunOptions } from '@xtm/contracts';
import { z } from 'zod';

const transferSchema = z.strictObject({
  attempts: z.number().int().positive().default(5),
  retryDelay: z.number().nonnegative().default(1_000),
  stallTimeout: z.number().int().positive().default(60_000),
});

/** How patiently files are fetched. */
export interface TransferOptions {
  /** Attempts in a row without a new byte before a file is given up; default 5. */
  readonly attempts?: number;
  /** Milliseconds before the second attempt, doubled each time; default 1,000. */
  readonly retryDelay?: number;
  /** Milliseconds without a byte after which a connection counts as broken; default 60,000. */
  readonly stallTimeout?: number;
}

/** What to do about a transfer that failed for good; it depends on what was fetched. */
export interface TransferAdvice {
  /** Nothing could be reached. */
  readonly offline: string;
  /** Access was refused. */
  readonly refused: string;
  /** There is no such file. */
  readonly missing: string;
}

/** What a single transfer needs to know. */
export interface TransferSettings extends Required<TransferOptions>, Pick<RunOptions, 'signal'> {
  readonly advice: TransferAdvice;
}

/** Fills in defaults. Throws `InvalidOptionError`. */
export function resolveTransfer(options: TransferOptions, advice: TransferAdvice, { signal }: RunOptions = {}): TransferSettings {
  return { ...parseOptions(transferSchema, options), advice, ...(signal !== undefined && { signal }) };
}
