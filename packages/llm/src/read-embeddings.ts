import type { DenseMatrix, TokenUsage } from '@xtm/contracts';
import type { CreateEmbeddingResponse } from 'openai/resources/embeddings';
import { estimateTokens } from './estimate-tokens';
import { throwEmbeddedError } from './embedded-error';
import { UnusableReply } from './request-failure';

/** Vectors of the texts of one request, in their order, and what they took. */
export interface EmbeddingsReply {
  readonly vectors: DenseMatrix;
  readonly usage: TokenUsage;
}

/** Vectors of another length than they should have. */
export class OtherLength extends UnusableReply {
  constructor(readonly length: number, expected: number) {
    super(`an embedding has ${length} dimensions, not ${expected}`);
  }
}

/**
 * The vectors in a reply, put in the order of the texts by their index. Endpoints that count no tokens get an
 * estimate. Throws `UnusableReply` unless there is one finite vector a text, all of one length.
 */
export function readEmbeddings(reply: Partial<CreateEmbeddingResponse>, texts: readonly string[], dimensions: number | undefined): EmbeddingsReply {
  throwEmbeddedError(reply);
  const { data } = reply;
  if (!Array.isArray(data)) throw new UnusableReply('the reply holds no embeddings');
  if (data.length !== texts.length) throw new UnusableReply(`the reply holds ${data.length} embeddings for ${texts.length} texts`);
  const columns = dimensions ?? data[0]?.embedding?.length ?? 0;
  const vectors = { rows: texts.length, columns, data: new Float32Array(texts.length * columns) };
  const seen = new Set<number>();
  data.forEach(({ embedding, index = seen.size }) => {
    checkVector(embedding, columns);
    if (!(index >= 0 && index < texts.length) || seen.has(index)) throw new UnusableReply(`the reply's index ${index} is out of place`);
    seen.add(index);
    vectors.data.set(embedding, index * columns);
  });
  const inputTokens = reply.usage?.prompt_tokens ?? texts.reduce((sum, text) => sum + estimateTokens(text), 0);
  return { vectors, usage: { inputTokens, outputTokens: 0 } };
}

function checkVector(embedding: unknown, columns: number): void {
  if (!Array.isArray(embedding) || !embedding.every(Number.isFinite)) throw new UnusableReply('an embedding is not a list of numbers');
  if (embedding.length !== columns) throw new OtherLength(embedding.length, columns);
}
