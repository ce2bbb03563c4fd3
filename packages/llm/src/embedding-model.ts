import { type DenseMatrix, type EmbeddingModel, InvalidOptionError, type RunOptions, parseOptions } from '@xtm/contracts';
import { createHash } from 'node:crypto';
import { Budget } from './budget';
import type { SpendingSummary } from './chat-model';
import { embeddingModelSchema, type EmbeddingModelOptions, type ResolvedEmbeddingModelOptions } from './embedding-model-options';
import { type Attempt, EndpointClient } from './endpoint-client';
import { estimateTokens } from './estimate-tokens';
import { type EmbeddingsReply, OtherLength, readEmbeddings } from './read-embeddings';
import { truncateText } from './truncate-text';

/** An embedding model that tells what it has cost so far. */
export interface EndpointEmbeddingModel extends EmbeddingModel {
  spending(): SpendingSummary;
}

const MODEL_ADVICE = 'Give it as the option model, for example model=text-embedding-3-small; GET /v1/models of most servers lists theirs.';

/**
 * An embedding model of any OpenAI-compatible endpoint. Blank texts, which endpoints refuse, get zero vectors without a
 * request. Throws `InvalidOptionError`; calls fail with `EndpointError`, `BudgetExceededError` or `AbortedError`.
 */
export async function createEmbeddingModel(
  options: EmbeddingModelOptions,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  run: RunOptions = {},
): Promise<EndpointEmbeddingModel> {
  const resolved = parseOptions(embeddingModelSchema, options, options.model === undefined ? MODEL_ADVICE : undefined);
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
    let lengthBefore: number | undefined;
    const attempt: Attempt<EmbeddingsReply> = async (client, signal) => {
      const reply = await client.embeddings.create(body, { signal, timeout });
      try {
        return readEmbeddings(reply, texts, dimensions);
      } catch (error) {
        const length = error instanceof OtherLength ? error.length : undefined;
        // Once may be an accident of the server; twice the same is what the model gives.
        if (length !== undefined && length === lengthBefore) throw this.wrongDimensions(length, dimensions);
        lengthBefore = length;
        throw error;
      }
    };
    const reply = await this.budget.spend({ inputTokens, outputTokens: 0 }, () => this.client.request(attempt, run));
    this.client.usage.countReply(reply.usage);
    return reply.vectors;
  }

  private wrongDimensions(length: number, dimensions: number | undefined): InvalidOptionError {
    const { model } = this.options;
    return new InvalidOptionError('dimensions', dimensions, `${model} at ${this.client.address} gives vectors of ${length} dimensions`, {
      advice: `Leave dimensions out or give ${length}; to have a server shorten its vectors, send it requestFields.dimensions=${dimensions}.`,
    });
  }
}

class RemoteEmbeddingModel implements EndpointEmbeddingModel {
  readonly name: string;
  readonly maxTokens?: number;
  readonly fingerprint: string;
  private readonly prefix: string;

  constructor(private readonly requester: EmbeddingRequester, readonly dimensions: number, options: ResolvedEmbeddingModelOptions) {
    const { model, maxTokens, requestFields, prefix } = options;
    this.name = model;
    this.prefix = prefix;
    if (maxTokens !== undefined) this.maxTokens = maxTokens;
    // Without a prefix as it was before there were any, so that vectors that are kept stay known.
    const identity = JSON.stringify([requester.client.address, model, maxTokens ?? null, requestFields, ...(prefix === '' ? [] : [prefix])]);
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
      const vectors = await this.requester.request(written.map((index) => this.prepare(texts[index]!)), dimensions, options);
      written.forEach((index, row) => data.set(vectors.data.subarray(row * dimensions, (row + 1) * dimensions), index * dimensions));
    }
    return { rows: texts.length, columns: dimensions, data };
  }

  countTokens(texts: readonly string[]): Promise<Int32Array> {
    return Promise.resolve(Int32Array.from(texts, (text) => estimateTokens(this.prepare(text))));
  }

  private prepare(text: string): string {
    const whole = this.prefix + text;
    return this.maxTokens === undefined ? whole : truncateText(whole, this.maxTokens);
  }
}
