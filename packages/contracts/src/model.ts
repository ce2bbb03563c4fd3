import type { z } from 'zod';
import type { Backbone, EncoderShape, TopicEncoder, TrainingDefaults } from './backbone';
import type { DenseMatrix } from './corpus';
import { parseOptions, type OptionValues } from './parse-options';
import type { RandomGenerator } from './random';
import type { ModelNeed, ModelResources } from './resources';
import type { DocumentTopics, RunOptions, TopicModel } from './topic-model';

/** What every model says of itself. */
interface ModelFacts {
  readonly name: string;
  /** What it learns from beside bags of words. */
  readonly needs: readonly ModelNeed[];
  /** The number of languages that it takes: two exactly, or any. */
  readonly languages: 2 | 'any';
  /** Its options, each with its default; help, JSON Schema and documentation are made of it. */
  readonly optionsSchema: z.ZodObject;
  /**
   * Options in which the published code differs from the defaults here. Presets of the papers have them, and so have
   * models that were saved before the options existed.
   */
  readonly published?: OptionValues;
}

/** What a definition does for itself, whatever the model. */
interface ResolvesOptions {
  /** The options with every default filled in. Throws `InvalidOptionError`. */
  resolveOptions(options: OptionValues): OptionValues;
}

/** A model that is trained by epochs, and that phase 2 can refine. */
export interface BackboneDefinition extends ModelFacts, ResolvesOptions {
  readonly kind: 'backbone';
  readonly training: TrainingDefaults;
  /** An untrained model. Throws `InvalidOptionError`, `MissingNeedError`. */
  create(
    resources: ModelResources,
    numTopics: number,
    options: OptionValues,
    generator: RandomGenerator,
  ): Backbone;
  /** An encoder with unset parameters, to be filled from a checkpoint; it needs no training data. */
  createEncoder(shape: EncoderShape, options: OptionValues): TopicEncoder;
}

/** A topic model that knows documents by their embeddings: new ones are best placed the same way. */
export interface EmbeddingTopicModel extends TopicModel {
  /**
   * Topics of documents of any language from their embeddings [documents, dimensions], by the embedder used in
   * fitting.
   */
  transformEmbeddings(embeddings: DenseMatrix): Promise<DocumentTopics>;
}

/** A topic model that is fitted in one call, and what it says of the documents it was fitted to. */
export interface FittedBaseline {
  readonly model: TopicModel | EmbeddingTopicModel;
  /** Topics of the training documents, one entry per language. */
  readonly documentTopics: readonly DocumentTopics[];
}

/** A model that is fitted in one call, without training epochs; phase 2 cannot refine it. */
export interface BaselineDefinition extends ModelFacts, ResolvesOptions {
  readonly kind: 'baseline';
  /** Fits the model to the training documents. Throws `MissingNeedError`, `EmptyCorpusError`, `AbortedError`. */
  fit(
    resources: ModelResources,
    numTopics: number,
    options: OptionValues,
    generator: RandomGenerator,
    runOptions?: RunOptions,
  ): Promise<FittedBaseline>;
  /** Reads a model from the folder that its `save` wrote. */
  load(folder: string): Promise<TopicModel | EmbeddingTopicModel>;
}

/** A topic model as registries list it. */
export type ModelDefinition = BackboneDefinition | BaselineDefinition;

/** A model with its options, every default filled in. */
export interface ModelChoice<Definition extends ModelDefinition = ModelDefinition> {
  readonly definition: Definition;
  readonly options: OptionValues;
}

/** Chooses a model with options: `xtra({ documentContrastWeight: 80 })`. */
export interface ModelFactory<Definition extends ModelDefinition = ModelDefinition, Options = OptionValues> {
  /** Throws `InvalidOptionError`. */
  (options?: Options): ModelChoice<Definition>;
  readonly definition: Definition;
}

/** What a backbone's file says: functions get its options checked and complete. */
export interface BackboneSpecification<Schema extends z.ZodObject>
  extends ModelFacts,
    Pick<BackboneDefinition, 'training'> {
  readonly optionsSchema: Schema;
  create(
    resources: ModelResources,
    numTopics: number,
    options: z.output<Schema>,
    generator: RandomGenerator,
  ): Backbone;
  createEncoder(shape: EncoderShape, options: z.output<Schema>): TopicEncoder;
}

/** What a baseline's file says: functions get its options checked and complete. */
export interface BaselineSpecification<Schema extends z.ZodObject>
  extends ModelFacts,
    Pick<BaselineDefinition, 'load'> {
  readonly optionsSchema: Schema;
  fit(
    resources: ModelResources,
    numTopics: number,
    options: z.output<Schema>,
    generator: RandomGenerator,
    runOptions: RunOptions,
  ): Promise<FittedBaseline>;
}

/** A backbone, to be chosen with typed options, and its definition for the registry. */
export function defineBackbone<Schema extends z.ZodObject>(
  specification: BackboneSpecification<Schema>,
): ModelFactory<BackboneDefinition, z.input<Schema>> {
  const resolveOptions = (options: OptionValues) => parseOptions<z.output<Schema>>(specification.optionsSchema, options);
  return modelFactory({
    ...specification,
    kind: 'backbone',
    resolveOptions,
    create: (resources, numTopics, options, generator) =>
      specification.create(resources, numTopics, resolveOptions(options), generator),
    createEncoder: (shape, options) => specification.createEncoder(shape, resolveOptions(options)),
  });
}

/** A baseline, to be chosen with typed options, and its definition for the registry. */
export function defineBaseline<Schema extends z.ZodObject>(
  specification: BaselineSpecification<Schema>,
): ModelFactory<BaselineDefinition, z.input<Schema>> {
  const resolveOptions = (options: OptionValues) => parseOptions<z.output<Schema>>(specification.optionsSchema, options);
  return modelFactory({
    ...specification,
    kind: 'baseline',
    resolveOptions,
    fit: async (resources, numTopics, options, generator, runOptions = {}) =>
      specification.fit(resources, numTopics, resolveOptions(options), generator, runOptions),
  });
}

/** Chooses a model of that definition; for one found by its name, whose options have no type. */
export function modelFactory<Definition extends ModelDefinition, Options>(
  definition: Definition,
): ModelFactory<Definition, Options> {
  const choose = (options?: Options): ModelChoice<Definition> => ({
    definition,
    options: definition.resolveOptions({ ...options }),
  });
  return Object.assign(choose, { definition });
}
