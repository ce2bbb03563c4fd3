import type { PublicModules } from './public-modules';

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
export function ownArrays(state: Readonly<Record<string, PublicArray>>, modules: PublicModules): Map<string, OwnArray> {
  const arrays = Object.entries(state).flatMap(([publicName, array]) => {
    const name = ownName(publicName, modules);
    return name === undefined ? [] : [name.endsWith('.weight') ? transposed(name, array) : { name, shape: array.shape, data: Float32Array.from(array.data) }];
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
  return { name, shape: [columns, rows], data: Float32Array.from(data, (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!) };
}
