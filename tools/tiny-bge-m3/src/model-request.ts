import { InvalidOptionError } from '@xtm/contracts';
import { type EncoderShape, type ModelFolderOptions, TINY_SHAPE } from '@xtm/embedder/testing';
import { parseArgs } from 'node:util';
import { z } from 'zod';

export const USAGE = `Usage: tiny-bge-m3 FOLDER [options]

  --size tiny|bge-m3           sizes to start from (tiny; bge-m3 has its 24 layers of 1,024, but a small vocabulary)
  --layers N --dimensions N --heads N --intermediate N --positions N
  --weights inside|external|quantised   where weights lie (inside; external for more than 2 GB)
  --outputs NAME,…             last_hidden_state, token_embeddings, sentence_embedding, dense_vecs (last_hidden_state)
  --graph PATH                 place of the graph in the folder (model.onnx)
  --seed N                     of the random weights (1)`;

/** BGE-M3's encoder, which decides speed and memory; its table of 250,002 words does not. */
const BGE_M3_SHAPE: EncoderShape = { ...TINY_SHAPE, dimensions: 1_024, layers: 24, heads: 16, intermediate: 4_096 };

const sizes = z.coerce.number().int().positive().optional();
const requestSchema = z.strictObject({
  size: z.enum(['tiny', 'bge-m3']).default('tiny'),
  layers: sizes,
  dimensions: sizes,
  heads: sizes,
  intermediate: sizes,
  positions: sizes,
  weights: z.enum(['inside', 'external', 'quantised']).default('inside'),
  outputs: z
    .string()
    .default('last_hidden_state')
    .transform((names) => names.split(','))
    .pipe(z.array(z.enum(['last_hidden_state', 'token_embeddings', 'sentence_embedding', 'dense_vecs']))),
  graph: z.string().min(1).default('model.onnx'),
  seed: z.coerce.number().int().nonnegative().default(1),
});

export interface ModelRequest {
  readonly folder: string;
  readonly options: ModelFolderOptions;
}

/** Reads the command line; `help` where that is asked for. Throws `InvalidOptionError`. */
export function readModelRequest(argv: readonly string[]): ModelRequest | 'help' {
  if (argv.includes('--help')) return 'help';
  const names = Object.keys(requestSchema.shape);
  const { positionals, values } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    strict: false,
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
  });
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0)
    throw new InvalidOptionError('FOLDER', positionals, 'must be given once');
  const parsed = requestSchema.safeParse(values);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new InvalidOptionError(path.join('.') || 'options', values, message);
  }
  const { size, weights, outputs, graph, seed, ...given } = parsed.data;
  const shape: EncoderShape = { ...(size === 'tiny' ? TINY_SHAPE : BGE_M3_SHAPE), ...withoutUndefined(given) };
  if (shape.dimensions % shape.heads !== 0)
    throw new InvalidOptionError('heads', shape.heads, `must divide the ${shape.dimensions} dimensions`);
  return { folder, options: { shape, weights, outputs, graph, seed } };
}

function withoutUndefined<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;
}
