import { z } from 'zod';
import { parseOptions, type BackboneDefinition, type Corpus } from '@xtm/contracts';
import { trainingRecipe } from './recipe';

/** Settings of training, once: their kind, default and what help says of them. */
export const trainingSchema = z.strictObject({
  numTopics: z.int().min(2).default(50).describe('topics to find'),
  topWords: z.int().min(1).default(15).describe('words per topic and language in lists and metrics'),
  wordRanking: z
    .enum(['characteristic', 'weights'])
    .default('characteristic')
    .describe(
      "how topics' words are ranked: by what they say of the topic, or as the papers do by the decoder's weights",
    ),
  epochs: z.int().min(1).meta({
    description: 'passes over the documents',
    defaultText: 'by the number of documents',
  }),
  batchSize: z.int().min(1).meta({
    description: 'document pairs per training step',
    defaultText: 'by the number of documents',
  }),
  learningRate: z.number().positive().meta({ description: 'initial learning rate', defaultText: '0.002' }),
  halveEvery: z.int().min(1).meta({
    description: 'epochs after which the learning rate is halved',
    defaultText: 'a third of the epochs',
  }),
  clipNorm: z.number().positive().nullable().meta({
    description: 'largest gradient norm in phase 1; null for none',
    defaultText: "the model's own",
  }),
  seed: z.int().min(0).max(0xffffffff).default(0).describe('seed of all random draws'),
});

/** How a backbone is trained, every value filled in. */
export type TrainingSettings = Readonly<z.output<typeof trainingSchema>>;

/** What a caller may say about training; the rest follows from the corpus and the backbone. */
export type TrainingOptions = Readonly<Partial<z.input<typeof trainingSchema>>>;

/**
 * Fills in what the options leave out: epochs, batch size and learning rate by the corpus' size (`trainingRecipe`), the
 * backbone's own clipping, 50 topics, seed 0, 15 top words per language, words ranked by how characteristic they are.
 * The learning rate is halved after each third of the epochs.
 *
 * @throws InvalidOptionError for unknown names and values out of range
 */
export function resolveTrainingSettings(
  options: TrainingOptions,
  definition: BackboneDefinition,
  corpus: Corpus,
): TrainingSettings {
  const said = withoutUndefined(options);
  const recipe = trainingRecipe(corpus);
  const halveEvery =
    typeof said.epochs === 'number' && said.epochs >= 1 ? Math.ceil(said.epochs / 3) : recipe.halveEvery;
  return parseOptions(
    trainingSchema,
    { clipNorm: definition.training.clipNorm ?? null, ...recipe, halveEvery, ...said },
    adviceOf(trainingSchema),
  );
}

/** Refuses options of training that no corpus could make right. Throws `InvalidOptionError` for unknown names and values out of range. */
export function checkTrainingOptions(options: TrainingOptions): void {
  parseOptions(trainingSchema.partial(), withoutUndefined(options), adviceOf(trainingSchema));
}

/** Those of a model that is fitted in one call. */
const baselineSchema = trainingSchema.pick({ numTopics: true, seed: true, topWords: true });

/** Settings of a model that is fitted in one call, every value filled in. */
export type BaselineSettings = Readonly<z.output<typeof baselineSchema>>;

/**
 * Fills in the defaults of settings that a model without epochs has. Those of training by epochs have no effect on it.
 *
 * @throws InvalidOptionError for unknown names and values out of range
 */
export function resolveBaselineSettings(options: TrainingOptions): BaselineSettings {
  checkTrainingOptions(options);
  const own = Object.entries(withoutUndefined(options)).filter(([name]) => name in baselineSchema.shape);
  return parseOptions(baselineSchema, Object.fromEntries(own));
}

/** Names of settings that say something and have no effect on a model without epochs. */
export function idleSettings(options: TrainingOptions): string[] {
  return Object.keys(withoutUndefined(options)).filter((name) => !(name in baselineSchema.shape));
}

function adviceOf({ shape }: z.ZodObject): string {
  return `Options of training: ${Object.keys(shape).join(', ')}.`;
}

function withoutUndefined(options: TrainingOptions): TrainingOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
