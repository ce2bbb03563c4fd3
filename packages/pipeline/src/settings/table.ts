import { presets } from '@xtm/backbones';
import { embedderNames } from '@xtm/embedder';
import { presetNames as endpointNames } from '@xtm/llm';
import { promptStyleNames } from '@xtm/refiner';
import { BACKENDS } from '@xtm/tensor';
import { z } from 'zod';
import { CLASSIFIER_CHOICES, type ClassifierChoice } from '../evaluation/evaluation-options';
import { models } from '../models';
import { refinementSchema } from '../refinement/refinement-settings';
import { trainingSchema } from '../training/training-settings';

/** Parts of help and docs that settings stand in. */
export type SettingSection = 'data' | 'model' | 'training' | 'run' | 'embedder' | 'phase 2' | 'language model';

/** One setting: flag, help, YAML key, JSON Schema, sweep name and docs are made of this. */
export interface Setting {
  /** The one name: `alignmentWeight` in files and sweeps, `--alignment-weight` on the command line. */
  readonly name: string;
  readonly section: SettingSection;
  readonly schema: z.ZodType;
  /** One line without a full stop. */
  readonly description: string;
  /** What follows where the schema has no default: `by the number of documents`. */
  readonly defaultText?: string;
  /** What stands for the value in help, where its kind does not say enough: `folder`. */
  readonly placeholder?: string;
  /** Whether a file gives it relative to itself. */
  readonly isPath: boolean;
  /** Where a run's record has it, as a path: `refinement.alignmentWeight`. */
  readonly recorded: string;
}

/** A group of options that belong to one model, embedder or refiner, or to the endpoint: `models.nmtm.dropout`. */
export interface OptionGroup {
  /** Key in files and sweeps. */
  readonly name: 'models' | 'embedders' | 'refiners' | 'llm';
  readonly section: SettingSection;
  /** The setting that chooses among its members; `llm` has one member only. */
  readonly chosenBy?: 'model' | 'embedder' | 'refiner';
  /** Flag that takes `name=value`, and the group's name in a run's record. */
  readonly flag: string;
  readonly recorded: string;
  readonly description: string;
  /** Options that are paths. */
  readonly paths: readonly string[];
}

interface Facts {
  readonly description?: string;
  readonly defaultText?: string;
  readonly placeholder?: string;
  readonly isPath?: boolean;
}

type Fields = Readonly<Record<string, z.ZodType>>;

/** One of some names, told with all of them where it is none. */
function oneOf(names: readonly string[]): z.ZodEnum<Record<string, string>> {
  return z.enum(names as [string, ...string[]], { error: `must be one of ${names.join(', ')}` });
}

const sources = z.enum(['dataset', 'embedder']).optional();
const classifierChoices = Object.keys(CLASSIFIER_CHOICES) as [ClassifierChoice, ...ClassifierChoice[]];
const count = z.number().int().nonnegative().optional();

const dataFields = {
  dataset: z.string({ error: 'a dataset folder is needed' }).min(1).meta({
    description: 'dataset folder in the benchmark layout ("xtm prepare" makes one from texts)',
    placeholder: 'folder',
    isPath: true,
  }),
  languages: z.string().optional().meta({
    description: 'two BCP-47 codes, each with its file suffix where that differs: en,zh-Hans:cn',
    placeholder: 'list',
  }),
  dictionary: z.string().optional().meta({
    description: "translation pairs, one per line, the second language's word first",
    placeholder: 'file',
    isPath: true,
  }),
  matchStems: z
    .boolean()
    .default(false)
    .describe('words of the dictionary, and refined words, also match words of the same stem (camera, cameras)'),
} satisfies Fields;

const modelFields = {
  model: oneOf([...models.keys()])
    .default('nmtm')
    .describe('a backbone, which phase 2 can refine, or a baseline'),
  preset: oneOf([...presets.keys()])
    .optional()
    .describe("the papers' settings for a benchmark"),
  clusters: sources.meta({
    description: 'where clusters of documents come from, for xtra',
    defaultText: 'the dataset if it has them, else the embedder',
  }),
  wordVectors: sources.meta({
    description: 'where word vectors come from, for infoctm',
    defaultText: 'the dataset if it has them, else the embedder',
  }),
} satisfies Fields;

const runFields = {
  run: z.string().min(1).optional().meta({
    description: 'name of the run',
    defaultText: "the dataset's and the model's",
    placeholder: 'name',
  }),
  runsFolder: z.string().default('runs').meta({
    description: 'where run folders are',
    placeholder: 'folder',
    isPath: true,
  }),
  classifiers: z.enum(classifierChoices).default('both').describe('classifiers to evaluate with'),
  backend: z.enum(['auto', ...BACKENDS]).default('auto').describe('what computes'),
  threads: z.int().min(1).optional().meta({
    description: 'threads that compute on the native and wasm backends, on wasm at most 8; results do not depend on it',
    defaultText: 'one per processor',
  }),
} satisfies Fields;

const embedderFields = {
  embedder: oneOf([...embedderNames, 'none'])
    .default('aligned')
    .describe('embeddings for phase 2 and for models that learn from them'),
} satisfies Fields;

const refinerFields = {
  refiner: z
    .enum(['none', 'corpus', 'openai'])
    .default('none')
    .describe("phase 2: what refines topics' words, a language model behind an endpoint (openai) or the corpus itself"),
  promptStyle: oneOf(promptStyleNames).optional().meta({
    description: 'how topics are put to the language model',
    defaultText: 'batch',
  }),
} satisfies Fields;

const endpointFields = {
  llmPreset: z.enum(endpointNames).optional().describe('a well-known service or server'),
  llmModel: z.string().optional().meta({ description: 'language model at the endpoint', placeholder: 'name' }),
  llmBaseUrl: z.string().optional().meta({ description: 'root of an OpenAI-compatible API', placeholder: 'url' }),
  llmKeyVariable: z
    .string()
    .optional()
    .meta({ description: 'environment variable that holds the key', placeholder: 'name' }),
  llmKeyFile: z.string().optional().meta({
    description: 'file that holds the key and nothing else',
    placeholder: 'file',
    isPath: true,
  }),
  maxCalls: count.describe('calls of the language model at most'),
  maxTokens: z.number().nonnegative().optional().describe('tokens to spend at most'),
  maxCost: z.number().nonnegative().optional().describe('cost at most, with prices given'),
  prices: z
    .strictObject({ input: z.number().nonnegative(), output: z.number().nonnegative() })
    .optional()
    .meta({ description: 'prices of a million tokens sent and received', placeholder: 'input,output' }),
} satisfies Fields;

/** Names of phase 2's settings where they differ from the names inside `refinement`, which says the rest. */
const REFINEMENT_NAMES: Readonly<Record<string, string>> = {
  epochs: 'refineEpochs',
  topWords: 'refineTopWords',
  counting: 'voteCounting',
  kernels: 'wordLossKernels',
  temperature: 'alignmentTemperature',
  learningRateFactor: 'refineLearningRateFactor',
  clipNorm: 'refineClipNorm',
};

const ENDPOINT_PLACES: Readonly<Record<string, string>> = {
  llmPreset: 'llm.preset',
  llmModel: 'llm.model',
  llmBaseUrl: 'llm.baseUrl',
  llmKeyVariable: 'llm.apiKeyVariable',
  llmKeyFile: 'llm.apiKeyFile',
  maxCalls: 'llm.budget.maxCalls',
  maxTokens: 'llm.budget.maxTokens',
  maxCost: 'llm.budget.maxCost',
  prices: 'llm.budget.prices',
};

/** Every setting of a run in the order of help. */
export const settings: readonly Setting[] = [
  ...section('data', dataFields),
  ...section('model', modelFields),
  ...section('training', trainingSchema.shape),
  ...section('run', runFields),
  ...section('embedder', embedderFields),
  ...section('phase 2', refinerFields, (name) => [name, name === 'promptStyle' ? 'refinerOptions.style' : name]),
  ...section('phase 2', refinementSchema.shape, (name) => [REFINEMENT_NAMES[name] ?? name, `refinement.${name}`]),
  ...section('language model', endpointFields, (name) => [name, ENDPOINT_PLACES[name]!]),
];

/** Every group of options. */
export const optionGroups: readonly OptionGroup[] = [
  {
    name: 'models',
    section: 'model',
    chosenBy: 'model',
    flag: 'modelOption',
    recorded: 'modelOptions',
    description: 'an option of the model',
    paths: [],
  },
  {
    name: 'embedders',
    section: 'embedder',
    chosenBy: 'embedder',
    flag: 'embedderOption',
    recorded: 'embedderOptions',
    description: 'an option of the embedder',
    paths: ['folder', 'store'],
  },
  {
    name: 'refiners',
    section: 'phase 2',
    chosenBy: 'refiner',
    flag: 'refinerOption',
    recorded: 'refinerOptions',
    description: 'an option of the refiner',
    paths: [],
  },
  {
    name: 'llm',
    section: 'language model',
    flag: 'llmOption',
    recorded: 'llm',
    description: "another option of the language model's endpoint, such as timeout",
    paths: ['replyFolder'],
  },
];

const byName: ReadonlyMap<string, Setting> = new Map(settings.map((setting) => [setting.name, setting]));

/** The setting of that name, if there is one. */
export function findSetting(name: string): Setting | undefined {
  return byName.get(name);
}

/** Values that settings have unless something says otherwise; `train` fills in those of training and phase 2. */
export function settingDefaults(): Readonly<Record<string, unknown>> {
  const own = settings.filter(({ section: title, recorded }) => title !== 'training' && !recorded.includes('.'));
  const known = own.map(({ name, schema }) => [name, schema.safeParse(undefined).data] as const);
  return Object.fromEntries(known.filter(([, value]) => value !== undefined));
}

/** The flag of a setting or group: `--alignment-weight` for `alignmentWeight`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** A schema, then those that it gives a default or lets be left out, from the outside in. */
function schemaLayers(schema: z.ZodType): z.ZodType[] {
  const wraps = schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodNullable;
  return wraps ? [schema, ...schemaLayers(schema.unwrap() as z.ZodType)] : [schema];
}

/** What a schema is without its default and whether it may be left out. */
export function innermostSchema(schema: z.ZodType): z.ZodType {
  return schemaLayers(schema).at(-1)!;
}

/** What a schema says of itself, or the schema that it gives a default or lets be left out. */
export function descriptionOf(schema: z.ZodType): string | undefined {
  return schemaLayers(schema).find(({ description }) => description !== undefined)?.description;
}

/** What help says of a setting's default; undefined where there is none. */
export function describeDefault({ schema, defaultText }: Pick<Setting, 'schema' | 'defaultText'>): string | undefined {
  const value: unknown = schema.safeParse(undefined).data;
  return defaultText ?? (value === undefined || value === null || value === false ? undefined : String(value));
}

type Naming = (field: string) => readonly [name: string, recorded: string];

function section(title: SettingSection, fields: Fields, naming: Naming = (field) => [field, field]): Setting[] {
  return Object.entries(fields).map(([field, schema]) => {
    const { description = '', defaultText, placeholder, isPath = false } = (schema.meta() ?? {}) as Facts;
    const [name, recorded] = naming(field);
    const facts = {
      ...(defaultText !== undefined && { defaultText }),
      ...(placeholder !== undefined && { placeholder }),
    };
    return { name, section: title, schema, description, isPath, recorded, ...facts };
  });
}
