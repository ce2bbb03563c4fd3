import type { RunOptions } from '@xtm/contracts';
import { z } from 'zod';

export const transferSchema = z.strictObject({
  /** Root of the hub: the public one, a mirror, or a local server. */
  baseUrl: z.url({ protocol: /^https?$/ }).default('https://huggingface.co'),
  /** Branch, tag or commit. */
  revision: z.string().min(1).default('main'),
  /** Folder that models are kept in. Default `models` in the cache folder. */
  folder: z.string().min(1).optional(),
  /** Path of the graph in the repository, where it has several. Default `FOLDER/model.onnx`. */
  graph: z.string().min(1).optional(),
  /** Attempts in a row without a new byte before a file is given up. */
  attempts: z.number().int().positive().default(5),
  /** Milliseconds before the second attempt, doubled each time. */
  retryDelay: z.number().nonnegative().default(1_000),
  /** Milliseconds without a byte after which a connection counts as broken. */
  stallTimeout: z.number().int().positive().default(60_000),
});

/** Where a model is fetched from, where to, and how patiently. */
export type FetchModelOptions = z.input<typeof transferSchema>;
export type ResolvedFetchModelOptions = z.output<typeof transferSchema>;

/** What a single transfer needs to know. */
export type TransferSettings = Pick<ResolvedFetchModelOptions, 'attempts' | 'retryDelay' | 'stallTimeout'> & Pick<RunOptions, 'signal'>;
