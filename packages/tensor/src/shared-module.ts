import { readFileSync } from 'node:fs';
import { compile, instantiate, type WasmMemory, type WasmModule } from './web-assembly';

/** Exports of the kernels that threads share (`assembly/shared.ts`). Arguments are addresses in bytes, counts and factors. */
export interface SharedExports {
  readonly MULTIPLY_SCRATCH: { readonly value: number };
  columnsScratch(rows: number, depth: number): number;
  loadSide(side: number, vectors: number): void;
  unloadGradients(side: number, factor: number, gradients: number): void;
  sumParts(task: number, numParts: number): number;
  largestShift(task: number): void;
  sumThetaGradients(task: number, numParts: number): void;
  /** Runs a pass over a task, together with the threads that serve the job; 0 if one of them was lost. */
  run(job: number, pass: number, task: number): number;
  /** Takes parts of what is run, until idle for so many milliseconds. */
  serve(job: number, idle: number): void;
}

export function compileShared(): WasmModule {
  // The path holds from src/ and from the bundle in dist/ alike; this file must therefore stay directly under src/.
  return compile(readFileSync(new URL('../wasm/shared.wasm', import.meta.url)));
}

/** Instantiates the compiled kernels inside a shared memory. */
export function instantiateShared(module: WasmModule, memory: WasmMemory): SharedExports {
  return instantiate(module, memory) as SharedExports;
}
