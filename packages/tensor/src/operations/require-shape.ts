import type { Tensor } from '@tensorflow/tfjs-core';
import { InvalidOptionError } from '@xtm/contracts';

/** Throws unless the tensor has the shape: fused kernels work on raw memory and must never be handed another. */
export function requireShape(name: string, tensor: Tensor, shape: readonly number[]): void {
  const same = tensor.shape.length === shape.length && tensor.shape.every((size, axis) => size === shape[axis]);
  if (!same) throw new InvalidOptionError(name, tensor.shape, `has shape [${tensor.shape.join(', ')}], expected [${shape.join(', ')}]`);
}
