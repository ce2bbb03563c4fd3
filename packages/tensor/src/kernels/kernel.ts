import * as tf from '@tensorflow/tfjs-core';
import { InvalidOptionError, type SparseRows } from '@xtm/contracts';
import type { KernelExports } from '../kernel-module';
import type { SharedHeap } from '../shared/threads';
import type { TfjsHeap } from './tfjs-heap';

/** Names under which xtm's kernels stand in TensorFlow.js' registry. */
type KernelName =
  | 'XtmMultiply'
  | 'XtmAffine'
  | 'XtmSumRows'
  | 'XtmSparseTimesDense'
  | 'XtmSparseTransposeTimesDense'
  | 'XtmDenseTimesSparse'
  | 'XtmDenseTimesSparseTranspose'
  | 'XtmSoftplus'
  | 'XtmSoftplusGradient'
  | 'XtmDropout'
  | 'XtmDropoutGradient'
  | 'XtmBatchNormalise'
  | 'XtmBatchNormaliseGradient'
  | 'XtmDecode'
  | 'XtmDecodeGradient'
  | 'XtmDrawSoftmax'
  | 'XtmDrawSoftmaxGradient'
  | 'XtmGaussianKl'
  | 'XtmAdam'
  | 'XtmSumOfSquares'
  | 'XtmMutualInformation';

/** How one kernel is run on tensors. */
export interface KernelDefinition {
  readonly name: KernelName;
  readonly run: (inputs: Record<string, tf.TensorInfo>, attributes: unknown) => tf.TensorInfo[];
}

/**
 * Makes the definitions of some kernels for a memory and the compiled code inside it, and for the one that threads
 * share.
 */
export type KernelFamily = (heap: TfjsHeap, kernels: KernelExports, shared: SharedHeap) => KernelDefinition[];

/**
 * A definition whose inputs and attributes have names and types; callers go through `runKernel`, which checks neither.
 */
export function defineKernel<Input extends string, Attributes>(
  name: KernelName,
  run: (inputs: Record<Input, tf.TensorInfo>, attributes: Attributes) => tf.TensorInfo[],
): KernelDefinition {
  return { name, run: (inputs, attributes) => run(inputs as Record<Input, tf.TensorInfo>, attributes as Attributes) };
}

/** TensorFlow.js flags: where the choices are kept, since they go with TensorFlow.js' own choice of a backend. */
const FLAG = 'XTM_KERNELS';
const THREADS_FLAG = 'XTM_THREADS';

/** Switches xtm's kernels on or off. */
export function allowKernels(allowed: boolean): void {
  tf.env().registerFlag(FLAG, () => true);
  tf.env().set(FLAG, allowed);
}

/** Whether xtm's kernels may be used. */
export function allowsKernels(): boolean {
  return tf.env().getBool(FLAG);
}

/** Says how many threads per kernel may use that shares its work. */
export function allowThreads(count: number): void {
  tf.env().registerFlag(THREADS_FLAG, () => 1);
  tf.env().set(THREADS_FLAG, count);
}

/** How many threads per kernel may use. */
export function allowedThreads(): number {
  return tf.env().getNumber(THREADS_FLAG);
}

/** Whether the current backend has xtm's kernel of that name and may use it. */
export function hasKernel(name: KernelName): boolean {
  return tf.getKernel(name, tf.getBackend()) !== undefined && allowsKernels();
}

/** Runs xtm's kernel of that name, or returns undefined where there is none. */
export function runKernel(
  name: KernelName,
  inputs: Record<string, tf.Tensor>,
  attributes: object = {},
): tf.Tensor[] | undefined {
  if (!hasKernel(name)) return undefined;
  const outputs = tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as tf.Tensor | tf.Tensor[];
  return Array.isArray(outputs) ? outputs : [outputs];
}

/** Throws unless positions and indices lie inside the matrix: kernels write to memory where they say. */
export function requireValidRows({ rows, columns, indptr, indices, values }: SparseRows): void {
  const fail = (problem: string): never => {
    throw new InvalidOptionError('rows', { rows, columns }, problem);
  };
  if (indptr.length !== rows + 1 || indptr[0] !== 0 || indptr[rows] !== indices.length)
    fail('indptr does not span the nonzeros');
  if (values.length !== indices.length) fail('there are not as many values as indices');
  for (let row = 0; row < rows; row++) if (indptr[row]! > indptr[row + 1]!) fail(`indptr falls at row ${row}`);
  for (let index = 0; index < indices.length; index++) {
    const column = indices[index]!;
    if (column < 0 || column >= columns) fail(`column ${column} is outside the matrix`);
  }
}
