import { KERNELS, SHARED } from './kernel-binaries';

/**
 * Exports of the compiled kernels (`assembly/`). Arguments are addresses and strides in bytes, counts, factors and
 * flags.
 */
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
  return instantiate(compile(KERNELS), memory) as KernelExports;
}

/**
 * Exports of the kernels that threads share (`assembly/shared.ts`). Arguments are addresses in bytes, counts and
 * factors.
 */
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
  return compile(SHARED);
}

/** Instantiates the compiled kernels inside a shared memory. */
export function instantiateShared(module: WasmModule, memory: WasmMemory): SharedExports {
  return instantiate(module, memory) as SharedExports;
}

/** A WebAssembly memory. TypeScript declares it in its browser library only, which Node.js code cannot use. */
export interface WasmMemory {
  /** Another buffer after every growth. */
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
}

/** A compiled module, which can be sent to other threads. */
export type WasmModule = object;

interface MemoryLimits {
  readonly initial: number;
  readonly maximum: number;
  readonly shared: boolean;
}

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: { readonly env: { readonly memory: WasmMemory } },
  ) => { readonly exports: unknown };
  readonly Memory: new (limits: MemoryLimits) => SharedMemory;
}

const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

const PAGE = 65_536;
const MOST_PAGES = 65_536;

function compile(base64: string): WasmModule {
  return new WebAssembly.Module(Buffer.from(base64, 'base64'));
}

/** Instantiates a module inside a memory; returns its exports. */
function instantiate(module: WasmModule, memory: WasmMemory): unknown {
  return new WebAssembly.Instance(module, { env: { memory } }).exports;
}

/** A memory that threads share. */
export interface SharedMemory extends WasmMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

/** A shared memory of one page, which may grow to all that addresses reach. */
export function createSharedMemory(): SharedMemory {
  return new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true });
}

/** Makes a memory grow to at least so many bytes. */
export function growTo(memory: SharedMemory, bytes: number): void {
  const missing = Math.ceil(bytes / PAGE) - memory.buffer.byteLength / PAGE;
  if (missing > 0) memory.grow(missing);
}
