import { createHash } from 'node:crypto';
import type { CreateEmbeddingResponse } from 'openai/resources/embeddings';
import { z } from 'zod';
import {
  type DenseMatrix,
  type EmbeddingModel,
  InvalidOptionError,
  parseOptions,
  type RunOptions,
  type TokenUsage,
} from '@xtm/contracts';
import { Budget, budgetSchema, estimateTokens } from './budget';
import type { SpendingSummary } from './chat-model';
import { type Attempt, EndpointClient } from './endpoint-client';
import { endpointFields } from './endpoint-options';
import { throwEmbeddedError, UnusableReply } from './request-failure';

/** Options of an embedding model; help and documentation are made of it. */
export const embeddingModelSchema = z.strictObject({
  ...endpointFields,
  model: z
    .string({ error: 'is needed: the name of the embedding model at the endpoint' })
    .min(1)
    .describe('name of the model at the endpoint'),
  dimensions: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('length of the vectors; checked on every reply, never sent; default: learnt by embedding one word'),
  prefix: z
    .string()
    .default('')
    .describe('put before every text, as some models were trained to expect, for example query: ; default none'),
  maxTokens: z
    .number()
    .int()
    .positive()
    .optional()
    .describe(
      'longest text in tokens, the prefix included, as far as that can be estimated; longer texts are cut; default: texts are sent whole',
    ),
  requestFields: z
    .record(z.string(), z.json())
    .default({})
    .describe('further fields of every request, for example { dimensions: 256 } for shortened vectors; default none'),
  budget: budgetSchema.default({}).describe('default: no limit'),
});

/** An embedding model behind an OpenAI-compatible endpoint. */
export type EmbeddingModelOptions = z.input<typeof embeddingModelSchema>;
type ResolvedEmbeddingModelOptions = z.output<typeof embeddingModelSchema>;

/** An embedding model that tells what it has cost so far. */
export interface EndpointEmbeddingModel extends EmbeddingModel {
  spending(): SpendingSummary;
}

const MODEL_ADVICE =
  'Give it as the option model, for example model=text-embedding-3-small; GET /v1/models of most servers lists ' +
  'theirs.';

/**
 * An embedding model of any OpenAI-compatible endpoint. Blank texts, which endpoints refuse, get zero vectors without
 * a request. Throws `InvalidOptionError`; calls fail with `EndpointError`, `BudgetExceededError` or `AbortedError`.
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

  constructor(
    private readonly options: ResolvedEmbeddingModelOptions,
    environment: Readonly<Record<string, string | undefined>>,
  ) {
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
    return new InvalidOptionError(
      'dimensions',
      dimensions,
      `${model} at ${this.client.address} gives vectors of ${length} dimensions`,
      {
        advice:
          `Leave dimensions out or give ${length}; to have a server shorten its vectors, send it ` +
          `requestFields.dimensions=${dimensions}.`,
      },
    );
  }
}

class RemoteEmbeddingModel implements EndpointEmbeddingModel {
  readonly name: string;
  readonly maxTokens?: number;
  readonly fingerprint: string;
  private readonly prefix: string;

  constructor(
    private readonly requester: EmbeddingRequester,
    readonly dimensions: number,
    options: ResolvedEmbeddingModelOptions,
  ) {
    const { model, maxTokens, requestFields, prefix } = options;
    this.name = model;
    this.prefix = prefix;
    if (maxTokens !== undefined) this.maxTokens = maxTokens;
    // Without a prefix as it was before there were any, so that vectors that are kept stay known.
    const identity = JSON.stringify([
      requester.client.address,
      model,
      maxTokens ?? null,
      requestFields,
      ...(prefix === '' ? [] : [prefix]),
    ]);
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
      const vectors = await this.requester.request(
        written.map((index) => this.prepare(texts[index]!)),
        dimensions,
        options,
      );
      written.forEach((index, row) =>
        data.set(vectors.data.subarray(row * dimensions, (row + 1) * dimensions), index * dimensions),
      );
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

/** Vectors of the texts of one request, in their order, and what they took. */
interface EmbeddingsReply {
  readonly vectors: DenseMatrix;
  readonly usage: TokenUsage;
}

/** Vectors of another length than they should have. */
class OtherLength extends UnusableReply {
  constructor(
    readonly length: number,
    expected: number,
  ) {
    super(`an embedding has ${length} dimensions, not ${expected}`);
  }
}

/**
 * The vectors in a reply, put in the order of the texts by their index. Endpoints that count no tokens get an
 * estimate. Throws `UnusableReply` unless there is one finite vector per text, all of one length.
 */
function readEmbeddings(
  reply: Partial<CreateEmbeddingResponse>,
  texts: readonly string[],
  dimensions: number | undefined,
): EmbeddingsReply {
  throwEmbeddedError(reply);
  const { data } = reply;
  if (!Array.isArray(data)) throw new UnusableReply('the reply holds no embeddings');
  if (data.length !== texts.length)
    throw new UnusableReply(`the reply holds ${data.length} embeddings for ${texts.length} texts`);
  const columns = dimensions ?? data[0]?.embedding?.length ?? 0;
  const vectors = { rows: texts.length, columns, data: new Float32Array(texts.length * columns) };
  const seen = new Set<number>();
  data.forEach(({ embedding, index = seen.size }) => {
    checkVector(embedding, columns);
    if (!(index >= 0 && index < texts.length) || seen.has(index))
      throw new UnusableReply(`the reply's index ${index} is out of place`);
    seen.add(index);
    vectors.data.set(embedding, index * columns);
  });
  const inputTokens = reply.usage?.prompt_tokens ?? texts.reduce((sum, text) => sum + estimateTokens(text), 0);
  return { vectors, usage: { inputTokens, outputTokens: 0 } };
}

function checkVector(embedding: unknown, columns: number): void {
  if (!Array.isArray(embedding) || !embedding.every(Number.isFinite))
    throw new UnusableReply('an embedding is not a list of numbers');
  if (embedding.length !== columns) throw new OtherLength(embedding.length, columns);
}

/** The longest beginning of the text with no more than so many tokens, by estimate; no character is cut in two. */
function truncateText(text: string, maxTokens: number): string {
  if (estimateTokens(text) <= maxTokens) return text;
  let fits = 0;
  let tooLong = text.length;
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (estimateTokens(text.slice(0, middle)) <= maxTokens) fits = middle;
    else tooLong = middle;
  }
  return text.slice(0, isLowSurrogate(text.charCodeAt(fits)) ? fits - 1 : fits);
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
