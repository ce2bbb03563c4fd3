import { z } from 'zod';
import { parseOptions, type BackboneDefinition } from '@xtm/contracts';

const schema = z.strictObject({
  numTopics: z.int().min(2).default(50),
  epochs: z.int().min(1),
  batchSize: z.int().min(1).default(128),
  learningRate: z.number().positive(),
  halveEvery: z.int().min(1),
  clipNorm: z.number().positive().nullable(),
  seed: z.int().min(0).max(0xffffffff).default(0),
  topWords: z.int().min(1).default(15),
  /** How topics' words are ranked where they are listed, measured and shown to a refiner; the papers rank by `weights`. */
  wordRanking: z.enum(['characteristic', 'weights']).default('characteristic'),
});

/** How a backbone is trained, every value filled in. */
export type TrainingSettings = Readonly<z.output<typeof schema>>;

/** What a caller may say about training; the rest comes from the backbone's defaults. */
export type TrainingOptions = Readonly<Partial<z.input<typeof schema>>>;

/**
 * Fills in the backbone's training defaults. Defaults that all backbones share: 50 topics, batches of 128 document
 * pairs, seed 0, 15 top words a language. Throws `InvalidOptionError` for unknown names and values out of range.
 */
export function resolveTrainingSettings(options: TrainingOptions, definition: BackboneDefinition): TrainingSettings {
  const { clipNorm, ...training } = definition.training;
  return parseOptions(schema, { clipNorm: clipNorm ?? null, ...training, ...withoutUndefined(options) }, adviceOf(schema));
}

const untrainedSchema = schema.pick({ numTopics: true, seed: true, topWords: true });

/** Settings of a model that is fitted in one call, every value filled in. */
export type BaselineSettings = Readonly<z.output<typeof untrainedSchema>>;

/** Fills in the defaults of settings that a model without epochs has. Throws `InvalidOptionError` for any other. */
export function resolveBaselineSettings(options: TrainingOptions): BaselineSettings {
  return parseOptions(untrainedSchema, options, adviceOf(untrainedSchema));
}

function adviceOf({ shape }: z.ZodObject): string {
  return `Options of training: ${Object.keys(shape).join(', ')}.`;
}

function withoutUndefined(options: TrainingOptions): TrainingOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
