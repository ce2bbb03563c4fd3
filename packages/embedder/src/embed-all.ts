import { z } from 'zod';
import {
  AbortedError,
  type DenseMatrix,
  type EmbeddingModel,
  InvalidOptionError,
  parseOptions,
  type RunOptions,
} from '@xtm/contracts';
import type { EmbeddingStore } from './embedding-store';

/** Characters per token, about, for models that cannot count. */
const CHARACTERS_PER_TOKEN = 3;

const embedAllSchema = z.strictObject({
  /** Most tokens of a batch, padding included. */
  batchTokens: z.number().int().positive().default(512),
  /** Most texts of a batch. */
  batchTexts: z.number().int().positive().default(256),
  /** Batches under way at once; more than one only helps with servers. */
  concurrency: z.number().int().positive().default(1),
});

export type BatchOptions = z.input<typeof embedAllSchema>;

export interface EmbedAllOptions extends RunOptions {
  /** Keeps vectors between runs; texts that it knows are not embedded again. */
  readonly store?: EmbeddingStore;
  readonly batches?: BatchOptions;
}

/**
 * Vectors [texts, dimensions] of any number of texts, in their order. Equal texts are embedded once; batches are made
 * of texts of similar length; every batch is kept in the store as it comes, so a kill loses at most the batches under
 * way. Progress counts tokens and shows `tokensPerSecond` and `secondsLeft`.
 */
export async function embedAll(
  model: EmbeddingModel,
  texts: readonly string[],
  options: EmbedAllOptions = {},
): Promise<DenseMatrix> {
  const limits = parseOptions(embedAllSchema, options.batches ?? {});
  const out = {
    rows: texts.length,
    columns: model.dimensions,
    data: new Float32Array(texts.length * model.dimensions),
  };
  const missing = options.store === undefined ? [...texts.keys()] : await options.store.fill(texts, out);
  const places = groupEqual(texts, missing);
  const unique = [...places.keys()];
  if (unique.length === 0) return out;
  const lengths = await countTokens(model, unique);
  const progress = new TokenProgress(lengths, options);
  const batches = planBatches(lengths, limits).values();
  const work = async (): Promise<void> => {
    for (const batch of batches) {
      if (options.signal?.aborted) throw new AbortedError('embedding', { cause: options.signal.reason });
      const batchTexts = batch.map((index) => unique[index]!);
      const vectors = checkShape(
        await model.embed(batchTexts, options.signal === undefined ? {} : { signal: options.signal }),
        batch.length,
        model,
      );
      await options.store?.append(batchTexts, vectors);
      batchTexts.forEach((text, row) => copyRow(vectors, row, out, places.get(text)!));
      progress.add(batch);
    }
  };
  await Promise.all(Array.from({ length: limits.concurrency }, work));
  return out;
}

/** Rows of each different text. */
function groupEqual(texts: readonly string[], indices: readonly number[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const index of indices) {
    const rows = places.get(texts[index]!);
    if (rows === undefined) places.set(texts[index]!, [index]);
    else rows.push(index);
  }
  return places;
}

async function countTokens(model: EmbeddingModel, texts: readonly string[]): Promise<Int32Array> {
  return (
    (await model.countTokens?.(texts)) ??
    Int32Array.from(texts, (text) => Math.ceil(text.length / CHARACTERS_PER_TOKEN))
  );
}

function checkShape(vectors: DenseMatrix, rows: number, model: EmbeddingModel): DenseMatrix {
  if (vectors.rows === rows && vectors.columns === model.dimensions) return vectors;
  throw new InvalidOptionError(
    'dimensions',
    model.dimensions,
    `${model.name} gave ${vectors.rows} × ${vectors.columns} numbers for ${rows} texts`,
  );
}

function copyRow(from: DenseMatrix, row: number, to: DenseMatrix, rows: readonly number[]): void {
  const vector = from.data.subarray(row * from.columns, (row + 1) * from.columns);
  for (const target of rows) to.data.set(vector, target * to.columns);
}

class TokenProgress {
  private readonly started = performance.now();
  private readonly total: number;
  private done = 0;

  constructor(private readonly lengths: Int32Array, private readonly options: RunOptions) {
    this.total = lengths.reduce((sum, length) => sum + length, 0);
  }

  add(batch: readonly number[]): void {
    this.done += batch.reduce((sum, index) => sum + this.lengths[index]!, 0);
    const seconds = Math.max(1e-3, (performance.now() - this.started) / 1_000);
    const tokensPerSecond = this.done / seconds;
    const figures = { tokensPerSecond, secondsLeft: (this.total - this.done) / Math.max(tokensPerSecond, 1e-9) };
    this.options.onProgress?.({ stage: 'embedding', done: this.done, total: this.total, figures });
  }
}

/** Limits of a batch. */
interface BatchLimits {
  /** Most tokens, padding included: the batch's longest text times its number of texts. A longer text goes alone. */
  readonly batchTokens: number;
  readonly batchTexts: number;
}

/**
 * Batches of indices, longest texts first, so that little is padded and what is too large for the memory shows at
 * once.
 */
export function planBatches(lengths: ArrayLike<number>, limits: BatchLimits): number[][] {
  const order = Array.from({ length: lengths.length }, (_, index) => index).sort(
    (a, b) => lengths[b]! - lengths[a]! || a - b,
  );
  const batches: number[][] = [];
  let longest = 0;
  for (const index of order) {
    const current = batches.at(-1);
    const fits =
      current !== undefined &&
      current.length < limits.batchTexts &&
      longest * (current.length + 1) <= limits.batchTokens;
    if (fits) current.push(index);
    else {
      batches.push([index]);
      longest = Math.max(1, lengths[index]!);
    }
  }
  return batches;
}
