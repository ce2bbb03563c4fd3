import type { Tensor } from '@tensorflow/tfjs-core';
import { LossInputError } from '../loss-input-error';
import type { SparseRows } from '../sparse-rows';

/** Throws unless the tensor has the shape; an axis given as `undefined` may have any size but 0. */
export function requireShape(loss: string, argument: string, tensor: Tensor, shape: readonly (number | undefined)[]): void {
  const { shape: actual } = tensor;
  if (actual.length !== shape.length || shape.some((size, axis) => size !== undefined && size !== actual[axis])) {
    const expected = shape.map((size) => size ?? 'any').join(', ');
    throw new LossInputError(loss, argument, `has shape [${actual.join(', ')}], expected [${expected}]`);
  }
  if (actual.includes(0)) throw new LossInputError(loss, argument, `is empty: its shape is [${actual.join(', ')}]`);
}

/** Throws unless the sparse rows describe a matrix of this shape. */
export function requireSparseRows(loss: string, argument: string, matrix: SparseRows, shape: readonly [number, number]): void {
  const { rows, columns, indptr, indices, values } = matrix;
  if (rows !== shape[0] || columns !== shape[1]) {
    throw new LossInputError(loss, argument, `has shape [${rows}, ${columns}], expected [${shape.join(', ')}]`);
  }
  if (indptr.length !== rows + 1 || indptr[rows] !== indices.length || values.length !== indices.length) {
    throw new LossInputError(loss, argument, 'is not in compressed sparse row format: lengths do not agree');
  }
  if (indices.some((column) => column < 0 || column >= columns)) {
    throw new LossInputError(loss, argument, `names a column outside [0, ${columns})`);
  }
}

/** Throws unless the setting is a finite number above 0. */
export function requirePositive(loss: string, argument: string, value: number): void {
  if (!(value > 0 && Number.isFinite(value))) throw new LossInputError(loss, argument, `is ${value}, expected a number above 0`);
}

/** Throws unless the setting is one of the choices. */
export function requireChoice<Choice extends string>(loss: string, argument: string, value: Choice, choices: readonly Choice[]): void {
  if (!choices.includes(value)) throw new LossInputError(loss, argument, `is ${value}, expected one of ${choices.join(', ')}`);
}
