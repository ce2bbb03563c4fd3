import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { z } from 'zod';
import {
  AbortedError,
  type DenseMatrix,
  type EmbeddingModel,
  InvalidOptionError,
  parseOptions,
  type RunOptions,
} from '@xtm/contracts';
import { normaliseRows } from '@xtm/numeric';
import { type CatalogueEntry, findEncoder, graphPrecisions } from '../catalogue/encoder-catalogue';
import { readEncoderRecord } from '../catalogue/find-encoders';
import { planBatches } from '../embed-all';
import { fileFingerprint, type ModelFolder, readModelFolder } from './model-folder';
import { OnnxSession, padBatch, pool, type Pooling } from './onnx-session';
import { TextTokenizer } from './text-tokenizer';

export const onnxModelSchema = z
  .strictObject({
    folder: z.string().min(1).describe('folder with graph and tokenizer'),
    graph: z
      .string()
      .min(1)
      .optional()
      .describe(
        'path of the graph inside the folder, in place of precision; default: model.onnx, onnx/model.onnx, or a quantised graph in its place',
      ),
    precision: z
      .enum(graphPrecisions, {
        error: `must be ${graphPrecisions.join(' or ')}; how stored vectors are written is storePrecision`,
      })
      .optional()
      .describe(
        "which of a folder's graphs: with weights as trained, or of 8 bits; default: as trained, where that graph is there",
      ),
    name: z
      .string()
      .min(1)
      .optional()
      .describe(
        "name for people and records; one of the catalogue says what the folder leaves open; default: what the folder was fetched as, else the folder's own",
      ),
    pooling: z
      .enum(['cls', 'mean'], { error: 'must be cls or mean' })
      .optional()
      .describe("first token's state or mean of all; default: what the folder says, else the catalogue"),
    normalise: z.boolean().default(true).describe('whether vectors get unit length'),
    maxTokens: z
      .number()
      .int()
      .min(8)
      .optional()
      .describe(
        'longest piece of text in tokens, opening and closing token included; longer texts are cut into pieces, whose vectors are averaged; default: what the folder says, else the catalogue, else 512',
      ),
    overlap: z
      .number()
      .int()
      .nonnegative()
      .optional()
      .describe('tokens that neighbouring pieces of a long text share; default: an eighth of a piece, at most 64'),
    truncate: z
      .boolean()
      .default(false)
      .describe('whether only the first piece of a long text counts, as the public code has it'),
    prefix: z
      .string()
      .optional()
      .describe(
        'put before every text, as some models were trained to expect, for example query: ; default: what the folder says, else the catalogue, else none',
      ),
    executionProvider: z
      .enum(['cpu', 'cuda', 'coreml', 'dml'])
      .default('cpu')
      .describe('what ONNX Runtime computes on'),
    threads: z.number().int().nonnegative().default(0).describe('threads; 0 uses every core'),
  })
  .refine(({ graph, precision }) => graph === undefined || precision === undefined, {
    path: ['precision'],
    error: 'says the same as graph: give one of them',
  });

/** A sentence encoder of the XLM-RoBERTa type in ONNX. */
export type OnnxModelOptions = z.input<typeof onnxModelSchema>;
type ResolvedOnnxModelOptions = z.output<typeof onnxModelSchema>;

/** Longest pieces where nothing says. */
const DEFAULT_MAX_TOKENS = 512;
const LARGEST_DEFAULT_OVERLAP = 64;
/** Most tokens, padding included, that go through the graph at once: the pieces of a long text may be many. */
const TOKENS_A_RUN = 8_192;

/**
 * Opens a sentence encoder of the XLM-RoBERTa type (E5, MiniLM, BGE-M3 and their kin) from a folder. Options win over
 * what the folder says, the folder over the catalogue's entry of the model. Throws `InvalidOptionError`, also where
 * nothing says how tokens are pooled; `MissingFileError`, `DataFormatError` or `BackendError`.
 */
export async function openOnnxModel(options: OnnxModelOptions): Promise<EmbeddingModel> {
  const resolved = parseOptions(onnxModelSchema, options);
  const known = await recogniseEncoder(resolved);
  const files = await readModelFolder(resolved.folder, resolved);
  const settings = encodingSettings(resolved, files, known);
  const tokenizer = await TextTokenizer.read(files.tokenizer);
  const session = await OnnxSession.open(files.graph, resolved);
  const encoder = new SentenceEncoder(session, tokenizer, files, settings);
  const { columns } = await encoder.encode([''], {}).catch(async (error: unknown) => {
    await session.dispose();
    throw error;
  });
  const decisive = [
    settings.pooling,
    settings.normalise,
    encoder.longest,
    encoder.overlap,
    settings.truncate,
    settings.prefix,
  ];
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([await fileFingerprint([...files.weights, files.tokenizer]), decisive]))
    .digest('hex');
  return {
    name: resolved.name ?? known?.name ?? basename(resolve(resolved.folder)),
    dimensions: columns,
    maxTokens: encoder.longest,
    fingerprint,
    embed: (texts, run = {}) => encoder.encode(texts, run),
    countTokens: async (texts) => encoder.countTokens(texts),
    dispose: () => session.dispose(),
  };
}

/** The catalogue's entry of what the folder was fetched as, or of the name that the options give it. */
async function recogniseEncoder({ folder, name = '' }: ResolvedOnnxModelOptions): Promise<CatalogueEntry | undefined> {
  const record = await readEncoderRecord(folder);
  const fetched = record && (findEncoder(record.model) ?? findEncoder(record.repository));
  const named = findEncoder(name);
  if (record === undefined || named === undefined || named === fetched) return named ?? fetched;
  throw new InvalidOptionError('folder', folder, `holds ${record.model}, not ${name}`, {
    advice: `Choose the embedder ${fetched?.name ?? 'onnx'}, or another folder.`,
  });
}

/** How texts become vectors, everything settled. */
interface EncodingSettings extends Pick<ResolvedOnnxModelOptions, 'folder' | 'normalise' | 'overlap' | 'truncate'> {
  /** `undefined` where nothing says, which only a graph that pools by itself can do with. */
  readonly pooling: Pooling | undefined;
  readonly prefix: string;
  readonly maxTokens: number;
}

function encodingSettings(
  options: ResolvedOnnxModelOptions,
  files: ModelFolder,
  known: CatalogueEntry | undefined,
): EncodingSettings {
  const { maxTokens: limit = Infinity } = files;
  const trained = Math.min(limit, known?.maxTokens ?? Infinity);
  const maxTokens = options.maxTokens ?? (trained === Infinity ? DEFAULT_MAX_TOKENS : trained);
  if (maxTokens > limit)
    throw new InvalidOptionError('maxTokens', maxTokens, `must not exceed the model's limit of ${limit}`);
  return {
    ...options,
    maxTokens,
    pooling: options.pooling ?? files.pooling ?? known?.pooling,
    prefix: options.prefix ?? files.prefix ?? known?.prefix ?? '',
  };
}

class SentenceEncoder {
  /** Longest piece in tokens, opening and closing token included. */
  readonly longest: number;
  readonly overlap: number;
  /** Token ids of the prefix, which every piece of a long text begins with. */
  private readonly prefix: readonly number[];

  constructor(
    private readonly session: OnnxSession,
    private readonly tokenizer: TextTokenizer,
    private readonly files: ModelFolder,
    private readonly settings: EncodingSettings,
  ) {
    this.longest = settings.maxTokens;
    this.prefix = tokenizer.encode(settings.prefix);
    this.overlap = settings.overlap ?? Math.min(LARGEST_DEFAULT_OVERLAP, Math.floor(this.contentTokens / 8));
    const room = this.contentTokens - this.prefix.length;
    if (this.overlap >= room)
      throw new InvalidOptionError('overlap', this.overlap, `must be smaller than the ${room} tokens of a piece`);
  }

  /**
   * Vectors [texts, dimensions]; a text of several pieces gets the mean of their vectors. An empty text is one empty
   * piece.
   */
  async encode(texts: readonly string[], run: RunOptions): Promise<DenseMatrix> {
    const pieces = texts.map((text) => this.piecesOf(text));
    const sequences = pieces.flat();
    const owners = pieces.flatMap((ofText, text) => ofText.map(() => text));
    const sums = new Map<number, Float32Array>();
    for (const batch of planBatches(
      sequences.map(({ length }) => length),
      { batchTokens: TOKENS_A_RUN, batchTexts: Infinity },
    )) {
      if (run.signal?.aborted) throw new AbortedError('embedding', { cause: run.signal.reason });
      const vectors = await this.runGraph(batch.map((index) => sequences[index]!));
      batch.forEach((index, row) =>
        addTo(sums, owners[index]!, vectors.data.subarray(row * vectors.columns, (row + 1) * vectors.columns)),
      );
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
    const ids = this.tokenizer.encode(this.settings.prefix + text);
    // A space at the prefix's end is a part of the next token, so the prefix alone may have one more.
    const differs = this.prefix.findIndex((id, index) => id !== ids[index]);
    const shared = ids.slice(0, differs < 0 ? this.prefix.length : differs);
    const pieces = splitTokens(ids.slice(shared.length), this.contentTokens - shared.length, this.overlap);
    return (this.settings.truncate ? pieces.slice(0, 1) : pieces).map((piece) => [
      ...opening,
      ...shared,
      ...piece,
      ...closing,
    ]);
  }

  private async runGraph(sequences: readonly (readonly number[])[]): Promise<DenseMatrix> {
    const { pooling, folder, normalise } = this.settings;
    const output = await this.session.run(padBatch(sequences, this.files.padId));
    if (pooling === undefined && output.shape.length === 3) throw unknownPooling(folder);
    const vectors = pool(
      output,
      sequences.map(({ length }) => length),
      pooling ?? 'cls',
    );
    return normalise ? normaliseRows(vectors) : vectors;
  }

  private finish(
    rows: number,
    sums: ReadonlyMap<number, Float32Array>,
    pieces: readonly (readonly unknown[])[],
  ): DenseMatrix {
    const columns = sums.get(0)?.length ?? 0;
    const means = { rows, columns, data: new Float32Array(rows * columns) };
    for (const [text, sum] of sums)
      means.data.set(
        sum.map((value) => value / pieces[text]!.length),
        text * columns,
      );
    return this.settings.normalise ? normaliseRows(means) : means;
  }
}

/** The wrong one would give bad vectors without a sign of it. */
function unknownPooling(folder: string): InvalidOptionError {
  return new InvalidOptionError(
    'pooling',
    undefined,
    `${folder} does not say how a text's vector comes from its tokens: it has no 1_Pooling/config.json for cls or ` +
      'mean, and is no model of the catalogue',
    {
      advice:
        'Give pooling=mean (E5, MiniLM and most others) or pooling=cls (BGE), or name the model as embedder, for ' +
        'example `embedder` multilingual-e5-small.',
    },
  );
}

function addTo(sums: Map<number, Float32Array>, text: number, vector: Float32Array): void {
  const sum = sums.get(text);
  if (sum === undefined) sums.set(text, vector.slice());
  else vector.forEach((value, c) => (sum[c]! += value));
}

/**
 * Cuts a text of more than `longest` tokens into overlapping chunks of at most that many; the last chunk is as long as
 * the others and overlaps as far as it must. An empty text is one empty chunk.
 */
function splitTokens(ids: readonly number[], longest: number, overlap: number): (readonly number[])[] {
  if (ids.length <= longest) return [ids];
  const chunks: (readonly number[])[] = [];
  for (let start = 0; ; start += longest - overlap) {
    if (start + longest >= ids.length) {
      chunks.push(ids.slice(ids.length - longest));
      return chunks;
    }
    chunks.push(ids.slice(start, start + longest));
  }
}
