import { z } from 'zod';
import { parseOptions } from '@xtm/contracts';

const schema = z.strictObject({
  /** Epochs of phase 2. */
  epochs: z.int().min(1).default(30),
  /** Epochs between two refinements, the first of them at the start of phase 2. */
  refineEvery: z.int().min(1).default(10),
  /** Rounds of a refinement; 1 is refinement without self-consistency. */
  rounds: z.int().min(1).default(5),
  /** Top words a language that are refined and that the word loss acts on. */
  topWords: z.int().min(1).default(15),
  /** Words a language that the vote keeps. */
  refinedWords: z.int().min(1).default(15),
  /** Whether a word counts once a round, or with every repeat. */
  counting: z.enum(['paper', 'released']).default('paper'),
  /** How top words are weighed and votes counted: as the paper says, or as its public code does. */
  distribution: z.enum(['paper', 'released']).default('paper'),
  /** What pulls topics towards their refined words; `none` switches it off. */
  wordLoss: z.enum(['mmd', 'transport', 'none']).default('mmd'),
  /** By default the paper's for `mmd`, and what makes `transport` begin about as large. */
  wordLossWeight: z.number().nonnegative().optional(),
  /** One bandwidth by the median heuristic, or several multiples of it. */
  kernels: z.enum(['single', 'multiple']).default('single'),
  /** Which divergence aligns documents with topics; `none` switches it off. */
  alignment: z.enum(['paper', 'released', 'none']).default('paper'),
  alignmentWeight: z.number().nonnegative().default(400),
  /** Temperature tau of the documents' target distribution. */
  temperature: z.number().positive().default(0.2),
  /** Learning rate at the start of phase 2, as a share of the initial one; the public code has 0.3. */
  learningRateFactor: z.number().positive().default(1),
  /** Largest global gradient norm in phase 2, for every backbone. */
  clipNorm: z.number().positive().nullable().default(1),
});

const WORD_LOSS_WEIGHTS = { mmd: 20_000, transport: 1_500, none: 0 };

/** Settings of phase 2, every value filled in. */
export type RefinementSettings = Readonly<z.output<typeof schema> & { wordLossWeight: number }>;

/** What a caller may say about phase 2. */
export type RefinementOptions = Readonly<z.input<typeof schema>>;

/** Fills in the paper's settings, and a weight of the alignment chosen by measuring (docs/refinement.md). Throws `InvalidOptionError` for unknown names and values out of range. */
export function resolveRefinementSettings(options: RefinementOptions = {}): RefinementSettings {
  const settings = parseOptions(schema, options, `Options of phase 2: ${Object.keys(schema.shape).join(', ')}.`);
  return { ...settings, wordLossWeight: settings.wordLossWeight ?? WORD_LOSS_WEIGHTS[settings.wordLoss] };
}
