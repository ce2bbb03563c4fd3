import { z } from 'zod';
import { graphPrecisions } from '../catalogue/encoder-catalogue';

export const onnxModelSchema = z.strictObject({
  /** Folder with graph and tokenizer. */
  folder: z.string().min(1),
  /** Path of the graph inside the folder, in place of `precision`. Default: `model.onnx`, `onnx/model.onnx`, or a quantised graph in its place. */
  graph: z.string().min(1).optional(),
  /** Which of a folder's graphs: with weights as trained, or of 8 bits. Default: as trained, where that graph is there. */
  precision: z.enum(graphPrecisions, { error: `must be ${graphPrecisions.join(' or ')}; how stored vectors are written is storePrecision` }).optional(),
  /** Name for people and records; one of the catalogue says what the folder leaves open. Default: what the folder was fetched as, else the folder's own. */
  name: z.string().min(1).optional(),
  /** First token's state or mean of all. Default: what the folder says, else the catalogue. */
  pooling: z.enum(['cls', 'mean'], { error: 'must be cls or mean' }).optional(),
  /** Whether vectors get unit length. */
  normalise: z.boolean().default(true),
  /** Longest piece of text in tokens, opening and closing token included; longer texts are cut into pieces, whose vectors are averaged. Default: what the folder says, else the catalogue, else 512. */
  maxTokens: z.number().int().min(8).optional(),
  /** Tokens that neighbouring pieces of a long text share. Default: an eighth of a piece, at most 64. */
  overlap: z.number().int().nonnegative().optional(),
  /** Whether only the first piece of a long text counts, as the public code has it. */
  truncate: z.boolean().default(false),
  /** Put before every text, as some models were trained to expect, for example `query: `. Default: what the folder says, else the catalogue, else none. */
  prefix: z.string().optional(),
  executionProvider: z.enum(['cpu', 'cuda', 'coreml', 'dml']).default('cpu'),
  /** Threads; 0 uses every core. */
  threads: z.number().int().nonnegative().default(0),
}).refine(({ graph, precision }) => graph === undefined || precision === undefined, { path: ['precision'], error: 'says the same as graph: give one of them' });

/** A sentence encoder of the XLM-RoBERTa type in ONNX. */
export type OnnxModelOptions = z.input<typeof onnxModelSchema>;
export type ResolvedOnnxModelOptions = z.output<typeof onnxModelSchema>;
