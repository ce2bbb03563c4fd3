import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelExports } from '../kernel-module';
import type { KernelName } from './kernel-name';
import type { SharedHeap } from '../threads/shared-heap';
import type { TfjsHeap } from './tfjs-heap';

/** How one kernel is run on tensors. */
export interface KernelDefinition {
  readonly name: KernelName;
  readonly run: (inputs: Record<string, TensorInfo>, attributes: unknown) => TensorInfo[];
}

/** Makes the definitions of some kernels for a memory and the compiled code inside it, and for the one that threads share. */
export type KernelFamily = (heap: TfjsHeap, kernels: KernelExports, shared: SharedHeap) => KernelDefinition[];

/** A definition whose inputs and attributes have names and types; callers go through `runKernel`, which checks neither. */
export function defineKernel<Input extends string, Attributes>(
  name: KernelName,
  run: (inputs: Record<Input, TensorInfo>, attributes: Attributes) => TensorInfo[],
): KernelDefinition {
  return { name, run: (inputs, attributes) => run(inputs as Record<Input, TensorInfo>, attributes as Attributes) };
}
