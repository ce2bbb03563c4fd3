/** A WebAssembly memory. TypeScript declares it in its browser library only, which Node.js code cannot use. */
export interface WasmMemory {
  /** Another buffer after every growth. */
  readonly buffer: ArrayBuffer;
}

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: { readonly env: { readonly memory: WasmMemory } }) => { readonly exports: unknown };
}

/** Compiles a module and instantiates it inside a memory; returns its exports. */
export function instantiate(bytes: Uint8Array, memory: WasmMemory): unknown {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports;
}
