import { type DenseMatrix, type EmbeddingModel, type RunOptions, parseOptions } from '@xtm/contracts';
import { createHash } from 'node:crypto';
import { Budget } from './budget';
import type { SpendingSummary } from './chat-model';
import { embeddingModelSchema, type EmbeddingModelOptions, type ResolvedEmbeddingModelOptions } from './embedding-model-options';
import { EndpointClient } from './endpoint-client';
import { estimateTokens } from './estimate-tokens';
import { readEmbeddings } from './read-embeddings';
import { truncateText } from './truncate-text';

/** An embedding model that tells what it has cost so far. */
export interface EndpointEmbeddingModel extends EmbeddingModel {
  spending(): SpendingSummary;
}

/**
 * An embedding model of any OpenAI-compatible endpoint. Blank texts, which endpoints refuse, get zero vectors without a
 * request. Throws `InvalidOptionError`; calls fail with `EndpointError`, `BudgetExceededError` or `AbortedError`.
 */
export async function createEmbeddingModel(
  options: EmbeddingModelOptions,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  run: RunOptions = {},
): Promise<EndpointEmbeddingModel> {
  const resolved = parseOptions(embeddingModelSchema, options);
  const requester = new EmbeddingRequester(resolved, environment);
  const dimensions = resolved.dimensions ?? (await requester.request(['word'], undefined, run)).columns;
  return new RemoteEmbeddingModel(requester, dimensions, resolved);
}

/** Sends texts as they are, within limits and budget. */
class EmbeddingRequester {
  readonly client: EndpointClient;
  readonly budget: Budget;

  constructor(private readonly options: ResolvedEmbeddingModelOptions, environment: Readonly<Record<string, string | undefined>>) {
    this.client = new EndpointClient(options, environment);
    this.budget = new Budget(options.budget);
  }

  async request(texts: readonly string[], dimensions: number | undefined, run: RunOptions): Promise<DenseMatrix> {
    const { model, requestFields, timeout } = this.options;
    const body = { model, input: [...texts], encoding_format: 'float' as const, ...requestFields };
    const inputTokens = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
    const reply = await this.budget.spend({ inputTokens, outputTokens: 0 }, () =>
      this.client.request(async (client, signal) => readEmbeddings(await client.embeddings.create(body, { signal, timeout }), texts, dimensions), run));
    this.client.usage.countReply(reply.usage);
    return reply.vectors;
  }
}

class RemoteEmbeddingModel implements EndpointEmbeddingModel {
  readonly name: string;
  readonly maxTokens?: number;
  readonly fingerprint: string;

  constructor(private readonly requester: EmbeddingRequester, readonly dimensions: number, options: ResolvedEmbeddingModelOptions) {
    const { model, maxTokens, requestFields } = options;
    this.name = model;
    if (maxTokens !== undefined) this.maxTokens = maxTokens;
    const identity = JSON.stringify([requester.client.address, model, maxTokens ?? null, requestFields]);
    this.fingerprint = createHash('sha256').update(identity).digest('hex');
  }

  spending(): SpendingSummary {
    return { ...this.requester.client.usage.summary(), cost: this.requester.budget.cost() };
  }

  async embed(texts: readonly string[], options: RunOptions = {}): Promise<DenseMatrix> {
    const { dimensions } = this;
    const written = texts.flatMap((text, index) => (text.trim() === '' ? [] : [index]));
    const data = new Float32Array(texts.length * dimensions);
    if (written.length > 0) {
      const vectors = await this.requester.request(written.map((index) => this.cut(texts[index]!)), dimensions, options);
      written.forEach((index, row) => data.set(vectors.data.subarray(row * dimensions, (row + 1) * dimensions), index * dimensions));
    }
    return { rows: texts.length, columns: dimensions, data };
  }

  countTokens(texts: readonly string[]): Promise<Int32Array> {
    return Promise.resolve(Int32Array.from(texts, (text) => estimateTokens(this.cut(text))));
  }

  private cut(text: string): string {
    return this.maxTokens === undefined ? text : truncateText(text, this.maxTokens);
  }
}
