import { readFileSync } from 'node:fs';
import { compile, instantiate, type WasmMemory, type WasmModule } from './web-assembly';

/** Exports of the compiled mutual information (`assembly/alignment.ts`). Arguments are addresses in bytes and factors. */
export interface AlignmentExports {
  loadSide(side: number, vectors: number): void;
  unloadGradients(side: number, factor: number, gradients: number): void;
  /** Whether all parts were finished. */
  compute(job: number): number;
  /** Computes parts for whoever runs `compute`, until idle for so many milliseconds. */
  serve(job: number, idle: number): void;
}

export function compileAlignment(): WasmModule {
  // The path holds from src/ and from the bundle in dist/ alike; this file must therefore stay directly under src/.
  return compile(readFileSync(new URL('../wasm/alignment.wasm', import.meta.url)));
}

/** Instantiates the compiled mutual information inside a shared memory. */
export function instantiateAlignment(module: WasmModule, memory: WasmMemory): AlignmentExports {
  return instantiate(module, memory) as AlignmentExports;
}
