import * as tf from '@tensorflow/tfjs-core';
import type { Backbone } from '@xtm/contracts';
import type { GoldenArray } from './golden-case';

/** Our prefix for each PyTorch module, or our name for a PyTorch tensor that is no module's. */
export type ModuleNames = Readonly<Record<string, string>>;

const LEAF_NAMES: Readonly<Record<string, string>> = {
  weight: 'weight',
  bias: 'bias',
  running_mean: 'runningMean',
  running_var: 'runningVariance',
};

/** The modules of an encoder behind its first layer. */
export function encoderBodyModules(prefix: string, ownPrefix: string): Record<string, string> {
  return {
    [`${prefix}fc12`]: `${ownPrefix}hidden`,
    [`${prefix}fc21`]: `${ownPrefix}mean`,
    [`${prefix}fc22`]: `${ownPrefix}logVariance`,
    [`${prefix}mean_bn`]: `${ownPrefix}meanNorm`,
    [`${prefix}logvar_bn`]: `${ownPrefix}logVarianceNorm`,
  };
}

/** The modules of a whole encoder. */
export function encoderModules(prefix: string, ownPrefix: string): Record<string, string> {
  return { [`${prefix}fc11`]: `${ownPrefix}input`, ...encoderBodyModules(prefix, ownPrefix) };
}

/** A golden array in our layout. */
export interface OwnArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Arrays of a golden state by our names, Linear weights transposed; what has no name of ours is left out. */
export function ownArrays(state: Readonly<Record<string, GoldenArray>>, modules: ModuleNames): Map<string, OwnArray> {
  const arrays = Object.entries(state).flatMap(([torchName, array]) => {
    const name = ownName(torchName, modules);
    return name === undefined ? [] : [name.endsWith('.weight') ? transposed(name, array) : { name, shape: array.shape, data: Float32Array.from(array.data) }];
  });
  return new Map(arrays.map((array) => [array.name, array]));
}

function ownName(torchName: string, modules: ModuleNames): string | undefined {
  if (modules[torchName] !== undefined) return modules[torchName];
  const dot = torchName.lastIndexOf('.');
  const module = modules[torchName.slice(0, dot)];
  const leaf = torchName.slice(dot + 1);
  if (module === undefined) return undefined;
  const isNorm = torchName.slice(0, dot).includes('_bn');
  if (isNorm && leaf === 'weight') return undefined;
  return `${module}.${isNorm && leaf === 'bias' ? 'shift' : LEAF_NAMES[leaf]!}`;
}

function transposed(name: string, { shape, data }: GoldenArray): OwnArray {
  const [rows, columns] = shape as [number, number];
  return { name, shape: [columns, rows], data: Float32Array.from(data, (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!) };
}

/** Sets every variable of the backbone from the state; a variable that the state lacks throws. */
/** Sets a variable from an array in our layout. */
export function assignArray(variable: tf.Variable, { data }: OwnArray): void {
  tf.tidy(() => variable.assign(tf.tensor(data, variable.shape)));
}

export function assignState(backbone: Backbone, state: ReadonlyMap<string, OwnArray>): void {
  for (const [name, variable] of [...backbone.parameters, ...backbone.buffers]) {
    const array = state.get(name);
    if (array === undefined) throw new Error(`the golden state has nothing for ${name}`);
    tf.tidy(() => variable.assign(tf.tensor(array.data, variable.shape)));
  }
}
