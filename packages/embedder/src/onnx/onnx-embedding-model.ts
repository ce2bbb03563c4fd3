import { AbortedError, type DenseMatrix, type EmbeddingModel, InvalidOptionError, parseOptions, type RunOptions } from '@xtm/contracts';
import { normaliseRows } from '@xtm/numeric';
import { createHash } from 'node:crypto';
import { planBatches } from '../plan-batches';
import { fileFingerprint } from './file-fingerprint';
import { type ModelFolder, readModelFolder } from './model-folder';
import { type OnnxModelOptions, onnxModelSchema, type ResolvedOnnxModelOptions } from './onnx-model-options';
import { OnnxSession } from './onnx-session';
import { padBatch } from './pad-batch';
import { pool } from './pool';
import { splitTokens } from './split-tokens';
import { TextTokenizer } from './text-tokenizer';

/** Longest pieces where neither options nor folder say. */
const DEFAULT_MAX_TOKENS = 512;
const LARGEST_DEFAULT_OVERLAP = 64;
/** Most tokens, padding included, that go through the graph at once: the pieces of a long text may be many. */
const TOKENS_A_RUN = 8_192;

/**
 * Opens a sentence encoder of the XLM-RoBERTa type (BGE-M3 and its kin) from a folder. Throws `InvalidOptionError`,
 * `MissingFileError`, `DataFormatError` or `BackendError`.
 */
export async function openOnnxModel(options: OnnxModelOptions): Promise<EmbeddingModel> {
  const resolved = parseOptions(onnxModelSchema, options);
  const files = await readModelFolder(resolved.folder, resolved.graph);
  const tokenizer = await TextTokenizer.read(files.tokenizer);
  const session = await OnnxSession.open(files.graph, resolved);
  const encoder = new SentenceEncoder(session, tokenizer, files, resolved);
  const { columns } = await encoder.encode([''], {});
  const settings = [resolved.pooling ?? files.pooling, resolved.normalise, encoder.longest, encoder.overlap, resolved.truncate, resolved.prefix];
  const fingerprint = createHash('sha256').update(JSON.stringify([await fileFingerprint([...files.weights, files.tokenizer]), settings])).digest('hex');
  return {
    name: resolved.name,
    dimensions: columns,
    maxTokens: encoder.longest,
    fingerprint,
    embed: (texts, run = {}) => encoder.encode(texts, run),
    countTokens: async (texts) => encoder.countTokens(texts),
    dispose: () => session.dispose(),
  };
}

class SentenceEncoder {
  /** Longest piece in tokens, opening and closing token included. */
  readonly longest: number;
  readonly overlap: number;

  constructor(
    private readonly session: OnnxSession,
    private readonly tokenizer: TextTokenizer,
    private readonly files: ModelFolder,
    private readonly options: ResolvedOnnxModelOptions,
  ) {
    this.longest = options.maxTokens ?? files.maxTokens ?? DEFAULT_MAX_TOKENS;
    if (files.maxTokens !== undefined && this.longest > files.maxTokens) throw new InvalidOptionError('maxTokens', this.longest, `must not exceed the model's limit of ${files.maxTokens}`);
    this.overlap = options.overlap ?? Math.min(LARGEST_DEFAULT_OVERLAP, Math.floor(this.contentTokens / 8));
    if (this.overlap >= this.contentTokens) throw new InvalidOptionError('overlap', this.overlap, `must be smaller than the ${this.contentTokens} tokens of a piece`);
  }

  /** Vectors [texts, dimensions]; a text of several pieces gets the mean of their vectors. An empty text is one empty piece. */
  async encode(texts: readonly string[], run: RunOptions): Promise<DenseMatrix> {
    const pieces = texts.map((text) => this.piecesOf(text));
    const sequences = pieces.flat();
    const owners = pieces.flatMap((ofText, text) => ofText.map(() => text));
    const sums = new Map<number, Float32Array>();
    for (const batch of planBatches(sequences.map(({ length }) => length), { batchTokens: TOKENS_A_RUN, batchTexts: Infinity })) {
      if (run.signal?.aborted) throw new AbortedError('embedding', { cause: run.signal.reason });
      const vectors = await this.runGraph(batch.map((index) => sequences[index]!));
      batch.forEach((index, row) => addTo(sums, owners[index]!, vectors.data.subarray(row * vectors.columns, (row + 1) * vectors.columns)));
    }
    return this.finish(texts.length, sums, pieces);
  }

  countTokens(texts: readonly string[]): Int32Array {
    return Int32Array.from(texts, (text) => this.piecesOf(text).reduce((sum, { length }) => sum + length, 0));
  }

  private get contentTokens(): number {
    return this.longest - this.tokenizer.opening.length - this.tokenizer.closing.length;
  }

  private piecesOf(text: string): (readonly number[])[] {
    const { opening, closing } = this.tokenizer;
    const pieces = splitTokens(this.tokenizer.encode(this.options.prefix + text), this.contentTokens, this.overlap);
    return (this.options.truncate ? pieces.slice(0, 1) : pieces).map((ids) => [...opening, ...ids, ...closing]);
  }

  private async runGraph(sequences: readonly (readonly number[])[]): Promise<DenseMatrix> {
    const output = await this.session.run(padBatch(sequences, this.files.padId));
    const vectors = pool(output, sequences.map(({ length }) => length), this.options.pooling ?? this.files.pooling ?? 'cls');
    return this.options.normalise ? normaliseRows(vectors) : vectors;
  }

  private finish(rows: number, sums: ReadonlyMap<number, Float32Array>, pieces: readonly (readonly unknown[])[]): DenseMatrix {
    const columns = sums.get(0)?.length ?? 0;
    const means = { rows, columns, data: new Float32Array(rows * columns) };
    for (const [text, sum] of sums) means.data.set(sum.map((value) => value / pieces[text]!.length), text * columns);
    return this.options.normalise ? normaliseRows(means) : means;
  }
}

function addTo(sums: Map<number, Float32Array>, text: number, vector: Float32Array): void {
  const sum = sums.get(text);
  if (sum === undefined) sums.set(text, vector.slice());
  else vector.forEach((value, c) => (sum[c]! += value));
}
