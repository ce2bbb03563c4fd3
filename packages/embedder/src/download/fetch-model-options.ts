import type { TransferAdvice, TransferOptions } from '@xtm/data';
import { z } from 'zod';
import { graphPrecisions } from '../catalogue/encoder-catalogue';

export const fetchModelSchema = z.strictObject({
  /** Root of the hub: the public one, a mirror, or a local server. */
  baseUrl: z.url({ protocol: /^https?$/ }).default('https://huggingface.co'),
  /** Branch, tag or commit. */
  revision: z.string().min(1).default('main'),
  /** Folder that models are kept in. Default `models` in the cache folder. */
  folder: z.string().min(1).optional(),
  /** Graph with weights as trained, or of 8 bits. Default `float32`. */
  precision: z.enum(graphPrecisions, { error: `must be ${graphPrecisions.join(' or ')}` }).default('float32'),
  /** Path of the graph in the repository, in place of `precision`. */
  graph: z.string().min(1).optional(),
});

/** Where a model is fetched from, where to, and how patiently. */
export type FetchModelOptions = z.input<typeof fetchModelSchema> & TransferOptions;
export type ResolvedFetchModelOptions = z.output<typeof fetchModelSchema>;

export const FETCH_MODEL_ADVICE: TransferAdvice = {
  offline: 'Check the connection, or name a mirror as base URL. Without a network, fetch the model on another machine and give its folder, or use the embedder aligned, which needs no model.',
  refused: 'The model may need an account: fetch it by hand and give its folder.',
  missing: 'Check model, revision and base URL.',
};
