import { createHash } from 'node:crypto';
import { RunFolderError, type Corpus, type DocumentSet, type Language } from '@xtm/contracts';
import { z } from 'zod';
import { CONFIG_FILE, FORMAT_VERSION, formatOf, hasRunFile, readRunJson, writeRunJson } from './run-file';
import type { RunFolder } from './run-folder';

/** `config.json`: all that a run was made with, so that it can be repeated. It never holds a key. */
export interface RunConfig {
  /** What decides the result: a resumed run must have the same. */
  readonly settings: RecordedSettings;
  /** Where each setting came from, by its path: `seed`, `refinement.rounds`. */
  readonly sources: Readonly<Record<string, 'flag' | 'file' | 'preset' | 'default'>>;
  readonly dataset: RecordedDataset;
  /** Tensor backend and the path of its operations. */
  readonly backend: { readonly name: string; readonly path: string };
  readonly versions: Readonly<Record<string, string>>;
  /** Where the data was; it may move between a run and its resumption. */
  readonly paths: { readonly dataset?: string; readonly dictionary?: string };
}

/** Settings of a run with every default filled in; what a model has no use for is missing, and so is what was off. */
export interface RecordedSettings {
  readonly model: string;
  readonly numTopics?: number;
  /** Epochs of phase 1. */
  readonly epochs?: number;
  readonly seed?: number;
  readonly topWords?: number;
  /** Runs of earlier versions do not say; they ranked by weights. */
  readonly wordRanking?: string;
  readonly modelOptions?: Readonly<Record<string, unknown>>;
  readonly refiner?: string;
  /** Settings of phase 2; missing in a run of phase 1 alone. */
  readonly refinement?: Readonly<Record<string, unknown>>;
  /** The language model that refined. */
  readonly llm?: {
    readonly model?: string;
    readonly budget?: { readonly prices?: { readonly input: number; readonly output: number } };
  };
  readonly embedder?: string;
  readonly embedderOptions?: Readonly<Record<string, unknown>>;
  /** Whether dictionary entries match words by their stems. */
  readonly matchStems?: boolean;
  /** Where clusters came from, where that was said. */
  readonly clusters?: string;
  readonly [setting: string]: unknown;
}

/** What a run knows of the data that it was trained on. */
export interface RecordedDataset {
  readonly name: string;
  readonly languages: readonly (Language & {
    readonly words: number;
    readonly trainDocuments: number;
    readonly testDocuments: number;
  })[];
  readonly dictionaryPairs: number;
  /** See {@link corpusFingerprint}. */
  readonly fingerprint: string;
}

const options = z.record(z.string(), z.unknown());
const count = z.int().nonnegative();

/** In the order in which settings are written: what is parsed keeps its order. */
const settingsSchema = z.looseObject({
  model: z.string(),
  numTopics: z.number().optional(),
  epochs: z.number().optional(),
  batchSize: z.unknown().optional(),
  learningRate: z.unknown().optional(),
  halveEvery: z.unknown().optional(),
  clipNorm: z.unknown().optional(),
  seed: z.number().optional(),
  topWords: z.number().optional(),
  wordRanking: z.string().optional(),
  modelOptions: options.optional(),
  refiner: z.string().optional(),
  refinement: options.optional(),
  refinerOptions: z.unknown().optional(),
  llm: z
    .looseObject({
      model: z.string().optional(),
      budget: z
        .looseObject({ prices: z.looseObject({ input: z.number(), output: z.number() }).optional() })
        .optional(),
    })
    .optional(),
  classifiers: z.unknown().optional(),
  embedder: z.string().optional(),
  embedderOptions: options.optional(),
  matchStems: z.boolean().optional(),
  clusters: z.string().optional(),
});

const schema = z.object({
  settings: settingsSchema,
  sources: z.record(z.string(), z.enum(['flag', 'file', 'preset', 'default'])),
  dataset: z.looseObject({
    name: z.string(),
    languages: z.array(
      z.looseObject({
        code: z.string(),
        suffix: z.string(),
        words: count,
        trainDocuments: count,
        testDocuments: count,
      }),
    ),
    dictionaryPairs: count,
    fingerprint: z.string(),
  }),
  backend: z.looseObject({ name: z.string(), path: z.string() }),
  versions: z.record(z.string(), z.string()),
  paths: z.looseObject({ dataset: z.string().optional(), dictionary: z.string().optional() }),
}) satisfies z.ZodType<RunConfig>;

/**
 * How the content of a `config.json` of each earlier format becomes that of the next one. Folders stay as they are on
 * disk: they are migrated whenever they are read.
 */
const MIGRATIONS: Readonly<Record<number, (config: object) => object>> = {
  // Format 2 says its number. Nobody had promised before that a folder says where its settings and data came from.
  1: (config) => ({ sources: {}, versions: {}, paths: {}, ...config }),
};

function migrate(content: unknown): unknown {
  if (typeof content !== 'object' || content === null) return content;
  let config: object = content;
  for (let version = formatOf(content); version < FORMAT_VERSION; version++) config = MIGRATIONS[version]!(config);
  return config;
}

/**
 * What a run was made with, from its `config.json`, whatever format the folder is of.
 *
 * @throws MissingFileError for what is no run folder; RunFolderError if the file is not what xtm writes, or if a newer
 *   version of xtm wrote it
 */
export function readRunConfig(folder: string): RunConfig {
  return readRunJson(folder, CONFIG_FILE, z.preprocess(migrate, schema), 'Is it a run folder?');
}

/** Writes `config.json` in the format of this version. Throws `WriteError`. */
export function writeRunConfig(folder: RunFolder, config: RunConfig): void {
  writeRunJson(folder, CONFIG_FILE, { formatVersion: FORMAT_VERSION, ...config });
}

/** One setting whose value differs between a run folder and the run that would resume it. */
export interface SettingDifference {
  readonly setting: string;
  readonly before: unknown;
  readonly now: unknown;
}

/** A run cannot be resumed since its settings changed. */
export class ChangedSettingsError extends RunFolderError {
  readonly differences: readonly SettingDifference[];

  constructor(folder: string, differences: readonly SettingDifference[]) {
    const list = differences.map(
      ({ setting, before, now }) => `${setting} was ${JSON.stringify(before)}, is ${JSON.stringify(now)}`,
    );
    super(folder, `the run there has other settings: ${list.join('; ')}`, {
      advice: 'Give the new run another name with `run`, or delete the old folder.',
    });
    this.differences = differences;
  }
}

/**
 * Writes `config.json` of a new run, or checks that a run to be resumed has the same settings, data and backend.
 *
 * @throws ChangedSettingsError where they differ
 */
export function settleRunConfig(folder: RunFolder, config: RunConfig): void {
  if (!hasRunFile(folder.path, CONFIG_FILE)) return writeRunConfig(folder, config);
  const before = readRunConfig(folder.path);
  const sections = ['settings', 'dataset', 'backend'] as const;
  const differences = sections.flatMap((section) =>
    differencesOf(before[section], config[section], section === 'backend' ? 'backend.' : ''),
  );
  if (differences.length > 0) throw new ChangedSettingsError(folder.path, differences);
}

/** What a run in this folder was begun with: `wasm`; undefined where there is none. Throws as `readRunConfig` does. */
export function recordedBackend(folder: string): string | undefined {
  return hasRunFile(folder, CONFIG_FILE) ? readRunConfig(folder).backend.name : undefined;
}

function differencesOf(before: object, now: object, prefix = ''): SettingDifference[] {
  const [old, fresh] = [new Map(Object.entries(before)), new Map(Object.entries(now))];
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((name) => {
    const [first, second]: [unknown, unknown] = [old.get(name), fresh.get(name)];
    if (isRecord(first) && isRecord(second)) return differencesOf(first, second, `${prefix}${name}.`);
    return JSON.stringify(first) === JSON.stringify(second)
      ? []
      : [{ setting: prefix + name, before: first, now: second }];
  });
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** SHA-256 of all that training depends on in a corpus: words, bags of words, labels and dictionary. */
export function corpusFingerprint(corpus: Corpus): string {
  const hash = createHash('sha256');
  for (const { language, vocabulary, train, test } of corpus.languages) {
    hash.update(`${language.code}\n${vocabulary.join('\n')}\n`);
    for (const documents of [train, test]) if (documents !== undefined) addDocuments(hash, documents);
  }
  if (corpus.dictionary !== undefined) {
    hash.update(bytesOf(corpus.dictionary.first)).update(bytesOf(corpus.dictionary.second));
  }
  return hash.digest('hex');
}

function addDocuments(hash: ReturnType<typeof createHash>, { rows, labels }: DocumentSet): void {
  hash.update(`${rows.rows} ${rows.columns}\n`);
  for (const array of [rows.indptr, rows.indices, rows.values]) hash.update(bytesOf(array));
  if (labels !== undefined) hash.update(labels.join('\n'));
}

function bytesOf(array: Int32Array | Float32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
