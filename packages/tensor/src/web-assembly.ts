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
  readonly Instance: new (module: WasmModule, imports: { readonly env: { readonly memory: WasmMemory } }) => { readonly exports: unknown };
  readonly Memory: new (limits: MemoryLimits) => SharedMemory;
}

const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

const PAGE = 65_536;
const MOST_PAGES = 65_536;

export function compile(bytes: Uint8Array): WasmModule {
  return new WebAssembly.Module(bytes);
}

/** Instantiates a module inside a memory; returns its exports. */
export function instantiate(module: WasmModule, memory: WasmMemory): unknown {
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
