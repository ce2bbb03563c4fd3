import { z } from 'zod';
import { parseOptions, type BackboneDefinition, type Corpus } from '@xtm/contracts';
import { trainingRecipe } from './recipe';

const schema = z.strictObject({
  numTopics: z.int().min(2).default(50),
  epochs: z.int().min(1),
  batchSize: z.int().min(1),
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

/** What a caller may say about training; the rest follows from the corpus and the backbone. */
export type TrainingOptions = Readonly<Partial<z.input<typeof schema>>>;

/**
 * Fills in what the options leave out: epochs, batch size and learning rate by the corpus' size (`trainingRecipe`), the
 * backbone's own clipping, 50 topics, seed 0, 15 top words per language, words ranked by how characteristic they are.
 * The learning rate is halved after each third of the epochs.
 *
 * @throws InvalidOptionError for unknown names and values out of range
 */
export function resolveTrainingSettings(options: TrainingOptions, definition: BackboneDefinition, corpus: Corpus): TrainingSettings {
  const said = withoutUndefined(options);
  const recipe = trainingRecipe(corpus);
  const halveEvery = typeof said.epochs === 'number' && said.epochs >= 1 ? Math.ceil(said.epochs / 3) : recipe.halveEvery;
  return parseOptions(schema, { clipNorm: definition.training.clipNorm ?? null, ...recipe, halveEvery, ...said }, adviceOf(schema));
}

/** Refuses options of training that no corpus could make right. Throws `InvalidOptionError` for unknown names and values out of range. */
export function checkTrainingOptions(options: TrainingOptions): void {
  parseOptions(schema.partial(), withoutUndefined(options), adviceOf(schema));
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
