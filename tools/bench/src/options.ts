import { z } from 'zod';
import { InvalidOptionError } from '@xtm/contracts';
import { type BackendName, BACKENDS, type ComputePath } from '@xtm/tensor';
import { type Formulation, FORMULATIONS } from './compare/python-steps';
import type { Repetition } from './step-clock';
import { type Workload, workloadSchema } from './workload';

/** What `--backend` takes, for help. */
export const BACKEND_NAMES = BACKENDS.join(', ');

const number = z.coerce.number({ error: 'must be a number' });

/** What every command may be told of the work and of how often it is repeated. */
const commonFields = {
  threads: number.pipe(z.int().min(1)).optional(),
  json: z.string().optional(),
  steps: number.pipe(z.int().min(1)).default(100),
  warmup: number.pipe(z.int().min(1)).default(10),
  seconds: number.pipe(z.number().positive()).default(20),
  documents: number.optional(),
  vocabulary: number.optional(),
  topics: number.optional(),
  batchSize: number.optional(),
  dimensions: number.optional(),
  optimiserParameters: number.optional(),
  seed: number.optional(),
  dataset: z.string().optional(),
  dictionary: z.string().optional(),
  languages: z.string().optional(),
};

const backendsField = z.string().default('wasm').transform((names) => names.split(',')).pipe(z.array(z.enum(BACKENDS)));

const benchSchema = z.strictObject({
  ...commonFields,
  filter: z.array(z.string()).default([]),
  backend: backendsField,
  path: z.enum(['kernels', 'plain', 'both']).default('both'),
  scaling: z.boolean().default(false),
  against: z.string().optional(),
});

const profileSchema = z.strictObject({
  ...commonFields,
  filter: z.array(z.string()).min(1, 'name at least one stage'),
  backend: backendsField,
  path: z.enum(['kernels', 'plain', 'both']).default('kernels'),
  byShape: z.boolean().default(false),
});

const compareSchema = z.strictObject({
  ...commonFields,
  models: z.array(z.string()).default([]),
  backend: backendsField,
  threads: z.string().default('1,2').transform((list) => list.split(',')).pipe(
    z.array(z.string().transform(Number).pipe(z.int().min(1))),
  ),
  pairs: number.pipe(z.int().min(1)).default(5),
  formulation: z.string().default('published,idiomatic').transform((names) => names.split(','))
    .pipe(z.array(z.enum(FORMULATIONS))),
  python: z.string().default('python3'),
  script: z.string().default('tools/python-check/time_steps.py'),
});

/** A backend with one of the paths it has. */
export interface Variant {
  readonly backend: BackendName;
  readonly path: ComputePath;
}

/** What the work is, and how often it is repeated. */
interface CommonOptions {
  readonly workload: Workload;
  readonly repetition: Repetition;
  /** Threads that share the kernels' work; one per processor if undefined. */
  readonly threads: number | undefined;
  /** File to write. */
  readonly json: string | undefined;
}

/** What to measure, and what to do with the figures. */
export interface BenchOptions extends CommonOptions {
  readonly filters: readonly string[];
  readonly variants: readonly Variant[];
  readonly scaling: boolean;
  /** File to compare with. */
  readonly against: string | undefined;
}

/** What to profile, and how to show it. */
export interface ProfileOptions extends CommonOptions {
  readonly filters: readonly string[];
  readonly variants: readonly Variant[];
  /** Whether calls with other shapes have another line. */
  readonly byShape: boolean;
}

/** What to compare with PyTorch, and how often. */
export interface CompareOptions extends Omit<CommonOptions, 'threads'> {
  /** Names of backbones; none: all of them. */
  readonly models: readonly string[];
  /** Each backend by the fastest path it has. */
  readonly variants: readonly Variant[];
  /** Numbers of threads, one comparison for each. */
  readonly threads: readonly number[];
  /** How often every contestant runs. */
  readonly pairs: number;
  readonly formulations: readonly Formulation[];
  /** The interpreter, in which the program finds PyTorch. */
  readonly python: string;
  /** File of the program that times PyTorch. */
  readonly script: string;
}

/**
 * Options from the flags as they were typed.
 *
 * @throws InvalidOptionError
 */
export function parseOptions(flags: Readonly<Record<string, unknown>>): BenchOptions {
  const { filter, backend, path, scaling, against, ...common } = validate(benchSchema, flags);
  if (scaling && common.dataset !== undefined)
    throw new InvalidOptionError('scaling', scaling, 'is for generated documents; a dataset has its own');
  if (scaling && filter.length > 0)
    throw new InvalidOptionError('scaling', filter, 'measures NMTM only, in place of the stages');
  return { ...commonOptions(common), filters: filter, variants: variantsOf(backend, path), scaling, against };
}

/**
 * The same for a profile.
 *
 * @throws InvalidOptionError
 */
export function parseProfileOptions(flags: Readonly<Record<string, unknown>>): ProfileOptions {
  const { filter, backend, path, byShape, ...common } = validate(profileSchema, flags);
  return { ...commonOptions(common), filters: filter, variants: variantsOf(backend, path), byShape };
}

/**
 * The same for a comparison.
 *
 * @throws InvalidOptionError
 */
export function parseCompareOptions(flags: Readonly<Record<string, unknown>>): CompareOptions {
  const { models, backend, threads, pairs, formulation, python, script, ...common } = validate(compareSchema, flags);
  const { workload, repetition, json } = commonOptions(common);
  const variants = backend.map((name) => variantsOf([name], 'both')[0]!);
  return { workload, repetition, json, models, variants, threads, pairs, formulations: formulation, python, script };
}

function commonOptions({
  threads,
  json,
  steps,
  warmup,
  seconds,
  dataset,
  dictionary,
  languages,
  ...sizes
}: z.output<z.ZodObject<typeof commonFields>>): CommonOptions {
  if (dataset !== undefined) refuseGenerated({ documents: sizes.documents, vocabulary: sizes.vocabulary });
  return {
    threads,
    json,
    repetition: { steps, warmup, seconds },
    workload: validate(workloadSchema, withDictionary({ ...sizes, ...datasetOf(dataset, dictionary, languages) })),
  };
}

function validate<T>(shape: z.ZodType<T>, value: Readonly<Record<string, unknown>>): T {
  const given = Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined));
  const result = shape.safeParse(given);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  const name = String(path[0]);
  throw new InvalidOptionError(name, given[name], message);
}

function variantsOf(backends: readonly BackendName[], path: ComputePath | 'both'): Variant[] {
  const variants = backends.flatMap((backend) =>
    pathsOf(backend)
      .filter((each) => path === 'both' || each === path)
      .map((each): Variant => ({ backend, path: each })),
  );
  if (variants.length > 0) return variants;
  throw new InvalidOptionError('path', path, `${backends.join(' and ')} has plain operations only`);
}

/** The fastest first: wasm has both, the native library nothing but kernels, all others none. */
function pathsOf(backend: BackendName): readonly ComputePath[] {
  if (backend === 'wasm') return ['kernels', 'plain'];
  return [backend === 'native' ? 'kernels' : 'plain'];
}

function datasetOf(
  folder: string | undefined,
  dictionary: string | undefined,
  languages: string | undefined,
): Partial<Workload> {
  if (folder === undefined) {
    const stray = dictionary ?? languages;
    if (stray !== undefined)
      throw new InvalidOptionError('dataset', undefined, 'is missing beside the dictionary or the languages');
    return {};
  }
  if (dictionary === undefined)
    throw new InvalidOptionError('dictionary', undefined, 'a dataset needs one', { advice: 'Add --dictionary FILE.' });
  return { dataset: { folder, dictionary, ...(languages !== undefined && { languages }) } };
}

/** A larger vocabulary has more translations, a smaller one fewer, in proportion to Amazon Review's. */
function withDictionary<T extends { readonly vocabulary?: number | undefined }>(
  sizes: T,
): T & { readonly dictionaryPairs?: number } {
  const standard = workloadSchema.parse({});
  if (sizes.vocabulary === undefined) return sizes;
  return { ...sizes, dictionaryPairs: Math.ceil((standard.dictionaryPairs * sizes.vocabulary) / standard.vocabulary) };
}

function refuseGenerated(flags: Readonly<Record<string, unknown>>): void {
  const [name, value] = Object.entries(flags).find(([, flag]) => flag !== undefined) ?? [];
  if (name !== undefined)
    throw new InvalidOptionError(name, value, 'is for generated documents; a dataset has its own');
}
