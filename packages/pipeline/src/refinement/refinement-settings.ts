import { z } from 'zod';
import { parseOptions } from '@xtm/contracts';

/** Settings of phase 2, once: their kind, default and what help says of them. */
export const refinementSchema = z.strictObject({
  epochs: z.int().min(1).default(30).describe('epochs of phase 2'),
  refineEvery: z.int().min(1).default(10).describe('epochs between two refinements, the first at the start of phase 2'),
  rounds: z.int().min(1).default(5).describe('rounds of self-consistency; 1 refines without'),
  topWords: z
    .int()
    .min(1)
    .default(15)
    .describe('top words per topic and language that are refined and that the word loss acts on'),
  refinedWords: z.int().min(1).default(15).describe('words per topic and language that the vote keeps'),
  counting: z
    .enum(['paper', 'released'])
    .default('paper')
    .describe('whether a word counts once per round (paper) or with every repeat (released)'),
  distribution: z
    .enum(['paper', 'released'])
    .default('paper')
    .describe('how top words are weighed and votes counted: as the paper says, or as its public code does'),
  wordLoss: z
    .enum(['mmd', 'transport', 'none'])
    .default('mmd')
    .describe('loss that pulls topics towards their refined words'),
  wordLossWeight: z.number().nonnegative().optional().meta({
    description: 'weight of that loss',
    defaultText: '20000 for mmd, 1500 for transport',
  }),
  kernels: z
    .enum(['single', 'multiple'])
    .default('single')
    .describe('kernels of the mmd loss: one bandwidth by the median heuristic, or several multiples of it'),
  alignment: z
    .enum(['paper', 'released', 'none'])
    .default('paper')
    .describe('divergence that aligns documents with the refined topics'),
  alignmentWeight: z.number().nonnegative().default(400).describe('weight of the document alignment'),
  temperature: z.number().positive().default(0.2).describe("temperature of the documents' target distribution"),
  learningRateFactor: z
    .number()
    .positive()
    .default(1)
    .describe('learning rate at the start of phase 2 as a share of the initial one; the public code has 0.3'),
  clipNorm: z.number().positive().nullable().default(1).describe('largest gradient norm in phase 2; null for none'),
});

const WORD_LOSS_WEIGHTS = { mmd: 20_000, transport: 1_500, none: 0 };

/** Settings of phase 2, every value filled in. */
export type RefinementSettings = Readonly<z.output<typeof refinementSchema> & { wordLossWeight: number }>;

/** What a caller may say about phase 2. */
export type RefinementOptions = Readonly<z.input<typeof refinementSchema>>;

/** Fills in the paper's settings, and a weight of the alignment chosen by measuring (docs/refinement.md). Throws `InvalidOptionError` for unknown names and values out of range. */
export function resolveRefinementSettings(options: RefinementOptions = {}): RefinementSettings {
  const settings = parseOptions(
    refinementSchema,
    options,
    `Options of phase 2: ${Object.keys(refinementSchema.shape).join(', ')}.`,
  );
  return { ...settings, wordLossWeight: settings.wordLossWeight ?? WORD_LOSS_WEIGHTS[settings.wordLoss] };
}
