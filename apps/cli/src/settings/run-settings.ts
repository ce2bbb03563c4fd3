import { z } from 'zod';
import { InvalidOptionError } from '@xtm/contracts';

const options = z.record(z.string(), z.unknown()).default({});

const schema = z.strictObject({
  dataset: z.string({ error: 'a dataset folder is needed' }).min(1),
  languages: z.string().optional(),
  dictionary: z.string().optional(),
  /** Whether words of the dictionary, and refined words, also match words of the same stem. */
  matchStems: z.boolean().default(false),
  model: z.string(),
  preset: z.string().optional(),
  modelOptions: options,
  backend: z.enum(['auto', 'tensorflow', 'wasm', 'cpu']),
  /** Threads that share the kernels' work; one a processor if not said. */
  threads: z.int().min(1).optional(),
  classifiers: z.enum(['linear', 'rbf', 'both', 'none']),
  run: z.string().min(1).optional(),
  runsFolder: z.string(),
  training: options,
  embedder: z.string(),
  embedderOptions: options,
  /** Where XTRA's clusters come from; the dataset, where it has them, if not said. */
  clusters: z.enum(['dataset', 'embedder']).optional(),
  /** The same for InfoCTM's word vectors. */
  wordVectors: z.enum(['dataset', 'embedder']).optional(),
  refiner: z.enum(['none', 'corpus', 'openai']),
  /** Of the corpus refiner, or of the prompts. */
  refinerOptions: options,
  /** Of phase 2 itself. */
  refinement: options,
  /** Of the language model's endpoint. */
  llm: options,
});

/** Settings of `xtm run`, as flags, configuration file, preset and defaults together say; groups pass through to the library, which checks them. */
export type RunSettings = z.output<typeof schema>;

/** Settings of training, which stand at the top level of flags and files. */
const TRAINING_NAMES: readonly string[] = ['numTopics', 'topWords', 'wordRanking', 'epochs', 'batchSize', 'learningRate', 'halveEvery', 'clipNorm', 'seed'];

/** What may stand in a configuration file of `xtm run`. */
export const RUN_SETTING_NAMES: readonly string[] = [...Object.keys(schema.shape).filter((name) => name !== 'training'), ...TRAINING_NAMES];

/** Settings that are paths, which a configuration file gives relative to itself; those of a group after its name. */
export const RUN_PATH_NAMES: readonly string[] = ['dataset', 'dictionary', 'runsFolder', 'embedderOptions.folder', 'embedderOptions.store', 'llm.apiKeyFile', 'llm.replyFolder'];

export const RUN_DEFAULTS = { model: 'nmtm', backend: 'auto', classifiers: 'both', runsFolder: 'runs', embedder: 'aligned', refiner: 'none' } as const;

/**
 * What phase 2 adds to the defaults, by embedder: chosen by measuring, see docs/refinement.md. Not for models that learn
 * from embeddings in phase 1 already, since both phases learn from the same.
 */
export const REFINEMENT_DEFAULTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  aligned: { embedderOptions: { dimensions: 100, documentReweighting: 0, frequencySmoothing: 1e-3 } },
};

/** Throws `InvalidOptionError` that names the first setting that is not as it should be. */
export function parseRunSettings(values: Readonly<Record<string, unknown>>): RunSettings {
  const [training, rest] = [true, false].map((wanted) => Object.fromEntries(Object.entries(values).filter(([name]) => TRAINING_NAMES.includes(name) === wanted)));
  const result = schema.safeParse({ ...rest, training });
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const name = issue.path.join('.');
  throw new InvalidOptionError(name, values[name], issue.message, { advice: 'See "xtm run --help".' });
}
