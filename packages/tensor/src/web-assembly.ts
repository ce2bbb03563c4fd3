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
  readonly Memory: new (limits: MemoryLimits) => WasmMemory;
}

const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

const PAGE = 65_536;

export function compile(bytes: Uint8Array): WasmModule {
  return new WebAssembly.Module(bytes);
}

/** Instantiates a module inside a memory; returns its exports. */
export function instantiate(module: WasmModule, memory: WasmMemory): unknown {
  return new WebAssembly.Instance(module, { env: { memory } }).exports;
}

/** A memory that threads share, of at least so many bytes. */
export function sharedMemory(bytes: number): WasmMemory & { readonly buffer: SharedArrayBuffer } {
  const pages = Math.ceil(bytes / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }) as WasmMemory & { readonly buffer: SharedArrayBuffer };
}
