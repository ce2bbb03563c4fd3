import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { BackendError, BackendMissingError, DataFormatError, type DenseMatrix } from '@xtm/contracts';
import { fromHalf } from '../half-precision';

/** Where a graph runs. Each needs a build of onnxruntime-node that has it. */
type ExecutionProvider = 'cpu' | 'cuda' | 'coreml' | 'dml';

interface SessionOptions {
  readonly executionProvider: ExecutionProvider;
  /** Threads inside an operation; 0 lets the runtime choose (one per core). */
  readonly threads: number;
}

/** Token ids and mask of texts, padded to one length: [texts, tokens] each. */
interface TokenBatch {
  readonly texts: number;
  readonly tokens: number;
  readonly ids: BigInt64Array;
  readonly mask: BigInt64Array;
}

/** What a graph gave: [texts, tokens, dimensions] or [texts, dimensions]. */
interface GraphOutput {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * Outputs by preference: hidden states can be pooled and normalised as asked for, pooled vectors are what they are.
 */
const OUTPUT_NAMES = ['last_hidden_state', 'token_embeddings', 'sentence_embedding', 'dense_vecs'];
const INPUT_NAMES = ['input_ids', 'attention_mask', 'token_type_ids'];
/** What classifiers and language models give: numbers, but no vectors of texts. */
const HEAD_OUTPUT = 'logits';

/** The one place that touches onnxruntime. `dispose` frees the native session. */
export class OnnxSession {
  private constructor(
    private readonly graph: string,
    private readonly session: InferenceSession,
    private readonly output: string,
    private readonly createTensor: (data: BigInt64Array, dims: number[]) => Tensor,
  ) {}

  /** Throws `BackendError` where the provider is missing, `DataFormatError` where the graph is no sentence encoder. */
  static async open(graph: string, { executionProvider, threads }: SessionOptions): Promise<OnnxSession> {
    const runtime = await importRuntime();
    const session = await runtime.InferenceSession.create(graph, {
      executionProviders: [executionProvider],
      logSeverityLevel: 3,
      ...(threads === 0 ? {} : { intraOpNumThreads: threads }),
    }).catch((error: unknown) => {
      throw openingError(graph, executionProvider, error);
    });
    const output = OUTPUT_NAMES.find((name) => session.outputNames.includes(name)) ?? session.outputNames[0]!;
    const foreign =
      session.inputNames.find((name) => !INPUT_NAMES.includes(name)) ?? (output === HEAD_OUTPUT ? output : undefined);
    if (foreign !== undefined || !session.inputNames.includes('input_ids')) {
      const { inputNames, outputNames } = session;
      await session.release();
      throw notAnEncoder(graph, `it takes ${inputNames.join(', ')} and gives ${outputNames.join(', ')}`, foreign);
    }
    return new OnnxSession(graph, session, output, (data, dims) => new runtime.Tensor('int64', data, dims));
  }

  async run({ texts, tokens, ids, mask }: TokenBatch): Promise<GraphOutput> {
    const values: Readonly<Record<string, BigInt64Array>> = {
      input_ids: ids,
      attention_mask: mask,
      token_type_ids: new BigInt64Array(ids.length),
    };
    const feeds = Object.fromEntries(
      this.session.inputNames.map((name) => [name, this.createTensor(values[name]!, [texts, tokens])]),
    );
    const results = await this.session.run(feeds, [this.output]).catch((error: unknown) => {
      throw notAnEncoder(this.graph, error instanceof Error ? error.message : String(error), undefined, error);
    });
    const { dims } = results[this.output]!;
    const fits = dims[0] === texts && (dims.length === 2 || (dims.length === 3 && dims[1] === tokens));
    if (!fits)
      throw notAnEncoder(
        this.graph,
        `${this.output} has the shape ${dims.join(' × ')} for ${texts} texts of ${tokens} tokens`,
        this.output,
      );
    return { shape: dims, data: toFloats(results[this.output]!) };
  }

  async dispose(): Promise<void> {
    await this.session.release();
  }
}

async function importRuntime(): Promise<typeof import('onnxruntime-node')> {
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    throw importError(error);
  }
}

/** Why the runtime, which is an optional peer of this package, could not be loaded. */
export function importError(cause: unknown): BackendError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const isMissing = code?.endsWith('MODULE_NOT_FOUND') === true && message.includes('onnxruntime-node');
  if (isMissing)
    return new BackendMissingError('onnxruntime', 'the package onnxruntime-node is not installed', {
      cause,
      advice: 'Run npm install onnxruntime-node@1.27.0, or choose the embedder aligned or openai.',
    });
  return new BackendError('onnxruntime', 'cannot be loaded on this platform', {
    cause,
    advice: 'Install onnxruntime-node for this platform, or choose the embedder aligned or openai.',
  });
}

function openingError(graph: string, provider: ExecutionProvider, cause: unknown): Error {
  const problem = cause instanceof Error ? cause.message : String(cause);
  if (provider !== 'cpu') {
    return new BackendError(`onnxruntime ${provider}`, problem, {
      cause,
      advice: `Install what ${provider} needs, or use executionProvider cpu.`,
    });
  }
  return new DataFormatError(
    `cannot be loaded: ${problem}`,
    { file: graph },
    {
      cause,
      advice:
        'Check that the file is whole and that the weights file that it names (often model.onnx_data) lies beside it.',
    },
  );
}

function notAnEncoder(graph: string, reason: string, field?: string, cause?: unknown): DataFormatError {
  return new DataFormatError(
    `is not a sentence encoder: ${reason}`,
    { file: graph, ...(field !== undefined && { field }) },
    {
      cause,
      advice:
        'Name the ONNX export of an embedding model: its graph takes input_ids and gives last_hidden_state, ' +
        'token_embeddings or a vector per text.',
    },
  );
}

/** Half-precision graphs give bits. */
function toFloats({ type, data }: Tensor): Float32Array {
  if (data instanceof Float32Array) return data;
  if (type === 'float16') return Float32Array.from(data as Uint16Array, fromHalf);
  return Float32Array.from(data as Float64Array);
}

/** Pads token ids of texts to the longest of them. */
export function padBatch(sequences: readonly (readonly number[])[], padId: number): TokenBatch {
  const tokens = sequences.reduce((longest, ids) => Math.max(longest, ids.length), 0);
  const ids = new BigInt64Array(sequences.length * tokens).fill(BigInt(padId));
  const mask = new BigInt64Array(sequences.length * tokens);
  sequences.forEach((sequence, text) => {
    sequence.forEach((id, token) => {
      ids[text * tokens + token] = BigInt(id);
      mask[text * tokens + token] = 1n;
    });
  });
  return { texts: sequences.length, tokens, ids, mask };
}

/** How a text's vector comes from its tokens' states: the first token's, or the mean of all. */
export type Pooling = 'cls' | 'mean';

/**
 * Vectors [texts, dimensions] from a graph's output. Hidden states [texts, tokens, dimensions] are pooled over the
 * first `lengths[t]` tokens of text t; vectors that the graph pooled itself are taken as they are.
 */
export function pool({ shape, data }: GraphOutput, lengths: readonly number[], pooling: Pooling): DenseMatrix {
  const columns = shape.at(-1)!;
  const tokens = shape.length === 3 ? shape[1]! : 1;
  const out = new Float32Array(lengths.length * columns);
  lengths.forEach((length, text) => {
    const counted = pooling === 'cls' || tokens === 1 ? 1 : length;
    const target = out.subarray(text * columns, (text + 1) * columns);
    for (let token = 0; token < counted; token++) {
      const start = (text * tokens + token) * columns;
      for (let c = 0; c < columns; c++) target[c]! += data[start + c]! / counted;
    }
  });
  return { rows: lengths.length, columns, data: out };
}
