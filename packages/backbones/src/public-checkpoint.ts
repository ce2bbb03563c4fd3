import { DataFormatError, type DenseMatrix, InvalidOptionError } from '@xtm/contracts';
import { multiply } from '@xtm/numeric';
import { nmtm } from './nmtm';
import { findBackbone } from './registry';

/** What a checkpoint of the public Python code holds, in our names and layout. */
export interface PublicCheckpoint {
  /** The backbone's options, sizes as the checkpoint has them. */
  readonly modelOptions: Readonly<Record<string, unknown>>;
  /** By the names of our variables. */
  readonly arrays: ReadonlyMap<string, OwnArray>;
  /** Raw decoder weights beta [topics, vocabulary], one per language. */
  readonly decoderWeights: readonly DenseMatrix[];
}

/** Options that are sizes, and the tensor whose first dimension each is. */
const SIZES: Readonly<Record<keyof typeof publicModules, Readonly<Record<string, string>>>> = {
  nmtm: { hiddenUnits: 'fc12.weight' },
  infoctm: { hiddenUnits: 'encoder_en.fc12.weight' },
  xtra: { hiddenUnits: 'encoder.fc12.weight', sharedUnits: 'mlp_en.0.weight' },
  gloctm: { hiddenUnits: 'encoder_en.fc12.weight', globalHiddenUnits: 'encoder_global.fc12.weight' },
};

/**
 * Reads a state_dict of the public Python code of NMTM, InfoCTM, XTRA (LLM-XTM) or GloCTM. Language 1 is what that
 * code calls `en`, language 2 what it calls `cn`.
 *
 * @param state tensors by their PyTorch names
 * @param file named in errors
 * @param options the backbone's own options where they were not the default, NMTM's `dictionaryShare` for example
 * @throws InvalidOptionError for a model without public code, DataFormatError for a checkpoint that is not of it
 */
export function readPublicCheckpoint(
  model: string,
  state: Readonly<Record<string, PublicArray>>,
  file: string,
  options: Readonly<Record<string, unknown>> = {},
): PublicCheckpoint {
  if (!isPublic(model))
    throw new InvalidOptionError('model', model, `must be one of ${Object.keys(publicModules).join(', ')}`);
  const tensor = (name: string): PublicArray => requireTensor(state, name, model, file);
  const sizes = Object.fromEntries(
    Object.entries(SIZES[model]).map(([option, name]) => [option, tensor(name).shape[0]]),
  );
  const definition = findBackbone(model);
  const modelOptions = definition.resolveOptions({ ...definition.published, ...options, ...sizes });
  const own = model === 'nmtm' || model === 'infoctm' ? 'phi' : 'beta';
  const weights = [toMatrix(tensor(`${own}_en`)), toMatrix(tensor(`${own}_cn`))] as const;
  const decoderWeights =
    model === nmtm.definition.name
      ? mixMapped(
          weights,
          [toMatrix(tensor('Map_cn2en')), toMatrix(tensor('Map_en2cn'))],
          Number(modelOptions['dictionaryShare']),
        )
      : weights;
  return { modelOptions, arrays: ownArrays(state, publicModules[model]), decoderWeights };
}

function isPublic(model: string): model is keyof typeof publicModules {
  return model in publicModules;
}

function requireTensor(
  state: Readonly<Record<string, PublicArray>>,
  name: string,
  model: string,
  file: string,
): PublicArray {
  const found = state[name];
  if (found === undefined)
    throw new DataFormatError(
      `is no checkpoint of the public code of ${model}: it has no such tensor`,
      { file, field: name },
      { advice: 'Say which model it is of with `model`.' },
    );
  return found;
}

function toMatrix({ shape, data }: PublicArray): DenseMatrix {
  return { rows: shape[0]!, columns: shape[1]!, data: Float32Array.from(data) };
}

/**
 * β_l = λ·φ_other·M + (1 − λ)·φ_l (NMTM), M as the checkpoint has it: dense, normalised, from the other language to
 * this one.
 */
function mixMapped(
  weights: readonly [DenseMatrix, DenseMatrix],
  mapsHere: readonly [DenseMatrix, DenseMatrix],
  share: number,
): DenseMatrix[] {
  return weights.map((own, language) => {
    const brought = multiply(weights[1 - language]!, mapsHere[language]!).data;
    return { ...own, data: own.data.map((weight, i) => share * brought[i]! + (1 - share) * weight) };
  });
}

/** Our prefix for each PyTorch module of the public code, or our name for a tensor that is no module's. */
export type PublicModules = Readonly<Record<string, string>>;

/** The modules of an encoder behind its first layer. */
function encoderBody(prefix: string, ownPrefix: string): Record<string, string> {
  return {
    [`${prefix}fc12`]: `${ownPrefix}hidden`,
    [`${prefix}fc21`]: `${ownPrefix}mean`,
    [`${prefix}fc22`]: `${ownPrefix}logVariance`,
    [`${prefix}mean_bn`]: `${ownPrefix}meanNorm`,
    [`${prefix}logvar_bn`]: `${ownPrefix}logVarianceNorm`,
  };
}

/** The modules of a whole encoder. */
function encoder(prefix: string, ownPrefix: string): Record<string, string> {
  return { [`${prefix}fc11`]: `${ownPrefix}input`, ...encoderBody(prefix, ownPrefix) };
}

/**
 * Decoders, and the topic-word weights under the name that a model gives them. Language 1 is `en`, language 2 `cn`
 * whatever it is.
 */
function decoders(topicWord: 'phi' | 'beta'): Record<string, string> {
  return {
    [`${topicWord}_en`]: 'topicWord.0',
    [`${topicWord}_cn`]: 'topicWord.1',
    decoder_bn_en: 'decoder.norm.0',
    decoder_bn_cn: 'decoder.norm.1',
  };
}

/** By the backbone's name. */
export const publicModules = {
  nmtm: { ...decoders('phi'), fc11_en: 'encoder.input.0', fc11_cn: 'encoder.input.1', ...encoderBody('', 'encoder.') },
  infoctm: { ...decoders('phi'), ...encoder('encoder_en.', 'encoder.0.'), ...encoder('encoder_cn.', 'encoder.1.') },
  xtra: {
    ...decoders('beta'),
    'prj_beta_en.0': 'topicWordProjection.0',
    'prj_beta_cn.0': 'topicWordProjection.1',
    'prj_rep.0': 'documentProjection',
    'mlp_en.0': 'encoder.shared.0',
    'mlp_cn.0': 'encoder.shared.1',
    ...encoder('encoder.', 'encoder.'),
  },
  gloctm: {
    ...decoders('beta'),
    decoder_bn_global: 'globalDecoder.norm',
    ...encoder('encoder_en.', 'encoder.0.'),
    ...encoder('encoder_cn.', 'encoder.1.'),
    ...encoder('encoder_global.', 'globalEncoder.'),
  },
} as const satisfies Readonly<Record<string, PublicModules>>;

/** A tensor of a PyTorch state_dict, row-major; Linear weights are [out, in]. */
export interface PublicArray {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** An array in our layout. */
export interface OwnArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

const LEAF_NAMES: Readonly<Record<string, string>> = {
  weight: 'weight',
  bias: 'bias',
  running_mean: 'runningMean',
  running_var: 'runningVariance',
};

/** Arrays of a state_dict by our names, Linear weights transposed; what has no name of ours is left out. */
export function ownArrays(
  state: Readonly<Record<string, PublicArray>>,
  modules: PublicModules,
): Map<string, OwnArray> {
  const arrays = Object.entries(state).flatMap(([publicName, array]) => {
    const name = ownName(publicName, modules);
    return name === undefined
      ? []
      : [
          name.endsWith('.weight')
            ? transposed(name, array)
            : { name, shape: array.shape, data: Float32Array.from(array.data) },
        ];
  });
  return new Map(arrays.map((array) => [array.name, array]));
}

function ownName(publicName: string, modules: PublicModules): string | undefined {
  if (modules[publicName] !== undefined) return modules[publicName];
  const dot = publicName.lastIndexOf('.');
  const module = modules[publicName.slice(0, dot)];
  const leaf = publicName.slice(dot + 1);
  if (module === undefined) return undefined;
  const isNorm = publicName.slice(0, dot).includes('_bn');
  // A BatchNorm's scale is fixed at 1, and its count of batches plays no part.
  if ((isNorm && leaf === 'weight') || LEAF_NAMES[leaf] === undefined) return undefined;
  return `${module}.${isNorm && leaf === 'bias' ? 'shift' : LEAF_NAMES[leaf]}`;
}

function transposed(name: string, { shape, data }: PublicArray): OwnArray {
  const [rows, columns] = shape as [number, number];
  return {
    name,
    shape: [columns, rows],
    data: Float32Array.from(data, (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!),
  };
}
