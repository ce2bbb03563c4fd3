import { BackendError, DataFormatError } from '@xtm/contracts';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { fromHalf } from '../store/half-precision';

/** Where a graph runs. Each needs a build of onnxruntime-node that has it. */
export type ExecutionProvider = 'cpu' | 'cuda' | 'coreml' | 'dml';

export interface SessionOptions {
  readonly executionProvider: ExecutionProvider;
  /** Threads inside an operation; 0 lets the runtime choose (one a core). */
  readonly threads: number;
}

/** Token ids and mask of texts, padded to one length: [texts, tokens] each. */
export interface TokenBatch {
  readonly texts: number;
  readonly tokens: number;
  readonly ids: BigInt64Array;
  readonly mask: BigInt64Array;
}

/** What a graph gave: [texts, tokens, dimensions] or [texts, dimensions]. */
export interface GraphOutput {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Outputs by preference: hidden states can be pooled and normalised as asked for, pooled vectors are what they are. */
const OUTPUT_NAMES = ['last_hidden_state', 'token_embeddings', 'sentence_embedding', 'dense_vecs'];

/** The one place that touches onnxruntime. `dispose` frees the native session. */
export class OnnxSession {
  private constructor(private readonly session: InferenceSession, private readonly output: string, private readonly createTensor: (data: BigInt64Array, dims: number[]) => Tensor) {}

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
    const unknown = session.inputNames.find((name) => !['input_ids', 'attention_mask', 'token_type_ids'].includes(name));
    if (unknown !== undefined) throw new DataFormatError('is not a sentence encoder: it has an input that is not known', { file: graph, field: unknown });
    const output = OUTPUT_NAMES.find((name) => session.outputNames.includes(name)) ?? session.outputNames[0]!;
    return new OnnxSession(session, output, (data, dims) => new runtime.Tensor('int64', data, dims));
  }

  async run({ texts, tokens, ids, mask }: TokenBatch): Promise<GraphOutput> {
    const values: Readonly<Record<string, BigInt64Array>> = { input_ids: ids, attention_mask: mask, token_type_ids: new BigInt64Array(ids.length) };
    const feeds = Object.fromEntries(this.session.inputNames.map((name) => [name, this.createTensor(values[name]!, [texts, tokens])]));
    const result = (await this.session.run(feeds, [this.output]))[this.output]!;
    return { shape: result.dims, data: toFloats(result) };
  }

  async dispose(): Promise<void> {
    await this.session.release();
  }
}

async function importRuntime(): Promise<typeof import('onnxruntime-node')> {
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    throw new BackendError('onnxruntime', 'cannot be loaded on this platform', { cause: error, advice: 'Install onnxruntime-node for this platform, or choose the embedder aligned or openai.' });
  }
}

function openingError(graph: string, provider: ExecutionProvider, cause: unknown): Error {
  const problem = cause instanceof Error ? cause.message : String(cause);
  if (provider !== 'cpu') {
    return new BackendError(`onnxruntime ${provider}`, problem, { cause, advice: `Install what ${provider} needs, or use executionProvider cpu.` });
  }
  return new DataFormatError(`cannot be loaded: ${problem}`, { file: graph }, {
    cause,
    advice: 'Check that the file is whole and that the weights file that it names (often model.onnx_data) lies beside it.',
  });
}

/** Half-precision graphs give bits. */
function toFloats({ type, data }: Tensor): Float32Array {
  if (data instanceof Float32Array) return data;
  if (type === 'float16') return Float32Array.from(data as Uint16Array, fromHalf);
  return Float32Array.from(data as Float64Array);
}
