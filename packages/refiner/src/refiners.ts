import { z } from 'zod';
import {
  InvalidOptionError,
  type ModelNeed,
  type ModelResources,
  type OptionalWhereEmpty,
  type OptionValues,
  parseOptions,
  type RandomGenerator,
  type TopicRefiner,
} from '@xtm/contracts';
import { type ChatModelOptions, chatModelSchema, createChatModel, type SpendingSummary } from '@xtm/llm';
import { type ChatRefinerOptions, chatRefinerSchema, createChatRefiner } from './chat-refiner';
import { type CorpusRefinerSettings, corpusRefinerSchema } from './corpus/candidates';
import { createCorpusRefiner } from './corpus/corpus-refiner';

/** What a refiner is opened with. */
export interface RefinerResources extends Pick<ModelResources, 'corpus' | 'dictionary' | 'wordEmbeddings'> {
  readonly generator: RandomGenerator;
  /** Variables that hold keys and say where caches are; default those of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** A refiner that tells what it has cost so far, where it costs something. */
export interface OpenRefiner extends TopicRefiner {
  spending?(): SpendingSummary;
}

/** Registry entry of a refiner. */
export interface RefinerDefinition {
  readonly name: string;
  /** What it works from beside the corpus. */
  readonly needs: readonly ModelNeed[];
  /** Its options; help, JSON Schema and documentation are made of it. */
  readonly optionsSchema: z.ZodObject;
  /** Those of the options that decide what it proposes, as a run's record has them. Never a key. */
  recorded(options: OptionValues): Readonly<Record<'refinerOptions', OptionValues>> & Readonly<Record<string, unknown>>;
  /** Throws `InvalidOptionError`, `MissingFileError`. */
  open(options: OptionValues, resources: RefinerResources): OpenRefiner;
}

/** A refiner that is not open yet, with its options as somebody said them. */
export interface RefinerChoice {
  readonly definition: RefinerDefinition;
  readonly options: OptionValues;
}

/** Chooses a refiner with typed options: `chat({ preset: 'ollama', model: 'llama3.1' })`. */
interface RefinerFactory<Options> {
  (...options: OptionalWhereEmpty<Options>): RefinerChoice;
  readonly definition: RefinerDefinition;
}

function defineRefiner<Options>(definition: RefinerDefinition): RefinerFactory<Options> {
  const choose = (...[options]: OptionalWhereEmpty<Options>): RefinerChoice => ({ definition, options: { ...options } });
  return Object.assign(choose, { definition });
}

/** Options of the model and its endpoint, and of how it is asked. */
export type ChatOptions = ChatModelOptions & ChatRefinerOptions;

/** A chat model of any OpenAI-compatible endpoint. */
export const chat = defineRefiner<ChatOptions>({
  name: 'openai',
  needs: [],
  optionsSchema: z.strictObject({ ...chatModelSchema.shape, ...chatRefinerSchema.shape }),
  recorded: (options) => {
    const { asking, model: { model, jsonSchema, requestFields } } = splitChatOptions(options);
    return { refinerOptions: asking, llm: { model, jsonSchema, requestFields } };
  },
  open: (options, { environment = process.env }) => {
    const { asking, model } = splitChatOptions(options);
    const chatModel = createChatModel(model as ChatModelOptions, environment);
    return { ...createChatRefiner(chatModel, asking), spending: () => chatModel.spending() };
  },
});

/** How the model is asked, and what it is. */
function splitChatOptions(options: OptionValues): { readonly asking: OptionValues; readonly model: OptionValues } {
  const [asking, model] = [true, false].map((isAsking) =>
    Object.fromEntries(Object.entries(options).filter(([name]) => name in chatRefinerSchema.shape === isAsking)),
  );
  return { asking: asking!, model: model! };
}

/** The corpus itself, without any language model. */
export const corpusRefiner = defineRefiner<CorpusRefinerSettings>({
  name: 'corpus',
  needs: ['wordEmbeddings'],
  optionsSchema: corpusRefinerSchema,
  // Run folders have always said of every refiner which language model it asks.
  recorded: (options) => ({ refinerOptions: options, llm: {} }),
  open: (options, { corpus, dictionary, wordEmbeddings = [], generator }) =>
    createCorpusRefiner({
      ...parseOptions(corpusRefinerSchema, options),
      vocabularies: corpus.languages.map(({ vocabulary }) => vocabulary),
      trainRows: corpus.languages.map(({ train }) => train.rows),
      wordEmbeddings,
      dictionary,
      generator,
    }),
});

/** Every refiner by its name; a new one is a line here. */
export const refiners: ReadonlyMap<string, RefinerDefinition> = new Map(
  [corpusRefiner, chat].map(({ definition }) => [definition.name, definition]),
);

/** The refiner of that name. Throws `InvalidOptionError` with the known names. */
export function findRefiner(name: string): RefinerDefinition {
  const found = refiners.get(name);
  if (found === undefined)
    throw new InvalidOptionError('refiner', name, `must be one of ${[...refiners.keys()].join(', ')}`);
  return found;
}

/** The refiner of that name with options, for names and options that come from a file. */
export function chooseRefiner(name: string, options: OptionValues = {}): RefinerChoice {
  return { definition: findRefiner(name), options };
}
