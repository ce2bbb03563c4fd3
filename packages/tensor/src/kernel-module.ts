import { readFileSync } from 'node:fs';
import { compile, instantiate, type WasmMemory } from './web-assembly';

/** Exports of the compiled kernels (`assembly/`). Arguments are addresses and strides in bytes, counts, factors and flags. */
export interface KernelExports {
  readonly MULTIPLY_SCRATCH: { readonly value: number };
  multiply(...args: number[]): void;
  sparseTimesDense(...args: number[]): void;
  sparseTransposeTimesDense(...args: number[]): void;
  sumRows(...args: number[]): void;
  denseTimesSparse(...args: number[]): void;
  denseTimesSparseTranspose(...args: number[]): void;
  softplus(...args: number[]): void;
  softplusGradient(...args: number[]): void;
  dropout(...args: number[]): void;
  multiplyElements(...args: number[]): void;
  batchNormalise(...args: number[]): void;
  batchNormaliseGradient(...args: number[]): void;
  learnRunning(...args: number[]): void;
  adam(...args: number[]): void;
  sumOfSquares(...args: number[]): number;
  sweepNegligible(...args: number[]): void;
}

/** Instantiates the compiled kernels inside a memory. */
export function instantiateKernels(memory: WasmMemory): KernelExports {
  // The path holds from src/ and from the bundle in dist/ alike; this file must therefore stay directly under src/.
  const bytes = readFileSync(new URL('../wasm/kernels.wasm', import.meta.url));
  return instantiate(compile(bytes), memory) as KernelExports;
}
