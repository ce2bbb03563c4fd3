import { z } from 'zod';

export const onnxModelSchema = z.strictObject({
  /** Folder with graph and tokenizer. */
  folder: z.string().min(1),
  /** Path of the graph inside the folder. Default: `model.onnx`, `onnx/model.onnx`, or a quantised graph in its place. */
  graph: z.string().min(1).optional(),
  /** Name for people and records. */
  name: z.string().min(1).default('bge-m3'),
  /** First token's state or mean of all. Default: what the folder says, else `cls`. */
  pooling: z.enum(['cls', 'mean']).optional(),
  /** Whether vectors get unit length. */
  normalise: z.boolean().default(true),
  /** Longest piece of text in tokens, opening and closing token included; longer texts are cut into pieces, whose vectors are averaged. Default: the model's limit. */
  maxTokens: z.number().int().min(8).optional(),
  /** Tokens that neighbouring pieces of a long text share. Default: an eighth of a piece, at most 64. */
  overlap: z.number().int().nonnegative().optional(),
  /** Whether only the first piece of a long text counts, as the public code has it. */
  truncate: z.boolean().default(false),
  /** Put before every text, as some models were trained to expect, for example `query: `. */
  prefix: z.string().default(''),
  executionProvider: z.enum(['cpu', 'cuda', 'coreml', 'dml']).default('cpu'),
  /** Threads; 0 uses every core. */
  threads: z.number().int().nonnegative().default(0),
});

/** A sentence encoder of the XLM-RoBERTa type in ONNX; BGE-M3 unless told otherwise. */
export type OnnxModelOptions = z.input<typeof onnxModelSchema>;
export type ResolvedOnnxModelOptions = z.output<typeof onnxModelSchema>;
