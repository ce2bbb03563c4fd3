import { DataFormatError, type DenseMatrix, InvalidOptionError } from '@xtm/contracts';
import { multiply } from '@xtm/numeric';
import { nmtm } from '../nmtm/nmtm';
import { findBackbone } from '../registry';
import { ownArrays, type OwnArray, type PublicArray } from './own-arrays';
import { publicModules } from './public-modules';

/** What a checkpoint of the public Python code holds, in our names and layout. */
export interface PublicCheckpoint {
  /** The backbone's options, sizes as the checkpoint has them. */
  readonly modelOptions: Readonly<Record<string, unknown>>;
  /** By the names of our variables. */
  readonly arrays: ReadonlyMap<string, OwnArray>;
  /** Raw decoder weights beta [topics, vocabulary], one a language. */
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
 * Reads a state_dict of the public Python code of NMTM, InfoCTM, XTRA (LLM-XTM) or GloCTM. Language 1 is what that code calls `en`,
 * language 2 what it calls `cn`.
 *
 * @param state tensors by their PyTorch names
 * @param file named in errors
 * @param options the backbone's own options where they were not the default, NMTM's `dictionaryShare` for example
 * @throws InvalidOptionError for a model without public code, DataFormatError for a checkpoint that is not of it
 */
export function readPublicCheckpoint(model: string, state: Readonly<Record<string, PublicArray>>, file: string, options: Readonly<Record<string, unknown>> = {}): PublicCheckpoint {
  if (!isPublic(model)) throw new InvalidOptionError('model', model, `must be one of ${Object.keys(publicModules).join(', ')}`);
  const tensor = (name: string): PublicArray => requireTensor(state, name, model, file);
  const sizes = Object.fromEntries(Object.entries(SIZES[model]).map(([option, name]) => [option, tensor(name).shape[0]]));
  const definition = findBackbone(model);
  const modelOptions = definition.resolveOptions({ ...definition.published, ...options, ...sizes });
  const own = model === 'nmtm' || model === 'infoctm' ? 'phi' : 'beta';
  const weights = [toMatrix(tensor(`${own}_en`)), toMatrix(tensor(`${own}_cn`))] as const;
  const decoderWeights = model === nmtm.name ? mixMapped(weights, [toMatrix(tensor('Map_cn2en')), toMatrix(tensor('Map_en2cn'))], Number(modelOptions['dictionaryShare'])) : weights;
  return { modelOptions, arrays: ownArrays(state, publicModules[model]), decoderWeights };
}

function isPublic(model: string): model is keyof typeof publicModules {
  return model in publicModules;
}

function requireTensor(state: Readonly<Record<string, PublicArray>>, name: string, model: string, file: string): PublicArray {
  const found = state[name];
  if (found === undefined) throw new DataFormatError(`is no checkpoint of the public code of ${model}: it has no such tensor`, { file, field: name }, { advice: 'Say which model it is of with --model.' });
  return found;
}

function toMatrix({ shape, data }: PublicArray): DenseMatrix {
  return { rows: shape[0]!, columns: shape[1]!, data: Float32Array.from(data) };
}

/** β_l = λ·φ_other·M + (1 − λ)·φ_l (NMTM), M as the checkpoint has it: dense, normalised, from the other language to this one. */
function mixMapped(weights: readonly [DenseMatrix, DenseMatrix], mapsHere: readonly [DenseMatrix, DenseMatrix], share: number): DenseMatrix[] {
  return weights.map((own, language) => {
    const brought = multiply(weights[1 - language]!, mapsHere[language]!).data;
    return { ...own, data: own.data.map((weight, i) => share * brought[i]! + (1 - share) * weight) };
  });
}
