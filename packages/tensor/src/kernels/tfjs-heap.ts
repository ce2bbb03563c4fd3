import type { DataId, TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmMemory } from '../kernel-module';

/** The parts of tfjs-backend-wasm 4.22's insides that kernels need. Nothing else in xtm touches them. */
interface TfjsWasmBackend {
  readonly wasm: {
    readonly asm: { readonly memory: WasmMemory };
    readonly tfjs: { registerTensor(id: number, size: number, address: number): void; disposeData(id: number): void };
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
  readonly dataIdMap: { get(dataId: DataId): { readonly id: number; readonly memoryOffset: number } };
  makeOutput(shape: readonly number[], dtype: 'float32'): TensorInfo;
}

const ALIGNMENT = 64;

/** What `place` takes: arrays to copy in, or numbers of bytes to leave room for. */
export type Placed = Int32Array | Float32Array | number;

/**
 * TensorFlow.js' own WebAssembly memory, in which tensors lie at fixed addresses. When it grows, addresses stay while
 * JavaScript's views of it become empty: no view outlives the method that made it.
 */
export class TfjsHeap {
  readonly memory: WasmMemory;
  readonly #backend: TfjsWasmBackend;
  #scratchBlock = 0;
  #scratchBytes = 0;

  /** @throws Error if the backend's insides are not those of the version that is known to work */
  constructor(backend: unknown) {
    this.#backend = backend as TfjsWasmBackend;
    const { wasm, dataIdMap } = this.#backend;
    const methods = [
      wasm?._malloc,
      wasm?._free,
      wasm?.tfjs?.registerTensor,
      wasm?.tfjs?.disposeData,
      dataIdMap?.get,
      this.#backend.makeOutput,
    ];
    if (wasm?.asm?.memory?.buffer === undefined || methods.some((method) => typeof method !== 'function')) {
      throw new Error('the insides of tfjs-backend-wasm are not those of version 4.22.0');
    }
    this.memory = wasm.asm.memory;
  }

  /** Where a tensor's elements begin. */
  address(tensor: TensorInfo): number {
    return this.#backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /** A new tensor whose elements are not set. */
  output(shape: readonly number[]): TensorInfo {
    return this.#backend.makeOutput(shape, 'float32');
  }

  /**
   * Tells TensorFlow.js that a tensor changed in place. Its matrix product keeps a packed copy of the right operand by
   * tensor, and would go on using the old elements.
   */
  markChanged(tensor: TensorInfo, size: number): void {
    const { id, memoryOffset } = this.#backend.dataIdMap.get(tensor.dataId);
    this.#backend.wasm.tfjs.disposeData(id);
    this.#backend.wasm.tfjs.registerTensor(id, size, memoryOffset);
  }

  /** Copies arrays into scratch memory and leaves room as asked; the addresses are good until the next call. */
  place(items: readonly Placed[]): number[] {
    const sizes = items.map(
      (item) => Math.ceil((typeof item === 'number' ? item : item.byteLength) / ALIGNMENT) * ALIGNMENT,
    );
    let address = this.#reserve(sizes.reduce((sum, size) => sum + size, 0));
    return items.map((item, index) => {
      const start = address;
      if (item instanceof Int32Array) new Int32Array(this.memory.buffer, start, item.length).set(item);
      else if (item instanceof Float32Array) new Float32Array(this.memory.buffer, start, item.length).set(item);
      address += sizes[index]!;
      return start;
    });
  }

  /** Lets a function, which must not make the memory grow, set floats where they lie. */
  fill(address: number, length: number, set: (values: Float32Array) => void): void {
    set(new Float32Array(this.memory.buffer, address, length));
  }

  /** Copies floats out of the memory into an array, as many as it has. */
  copyTo(address: number, target: Float32Array): void {
    target.set(new Float32Array(this.memory.buffer, address, target.length));
  }

  /** Copies floats out of the memory. */
  read(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length).slice();
  }

  /** Copies floats into the memory. */
  write(address: number, values: Float32Array): void {
    new Float32Array(this.memory.buffer, address, values.length).set(values);
  }

  /** Copies integers, or addresses, into the memory. */
  writeIntegers(address: number, values: Int32Array): void {
    new Int32Array(this.memory.buffer, address, values.length).set(values);
  }

  /** Makes the memory grow, for the self-check. */
  grow(): void {
    const block = this.#allocate(this.memory.buffer.byteLength);
    this.#backend.wasm._free(block);
  }

  #reserve(bytes: number): number {
    if (bytes > this.#scratchBytes) {
      if (this.#scratchBytes > 0) this.#backend.wasm._free(this.#scratchBlock);
      this.#scratchBytes = 0;
      this.#scratchBlock = this.#allocate(bytes + ALIGNMENT);
      this.#scratchBytes = bytes;
    }
    return Math.ceil(this.#scratchBlock / ALIGNMENT) * ALIGNMENT;
  }

  #allocate(bytes: number): number {
    const address = this.#backend.wasm._malloc(bytes) >>> 0;
    if (address === 0) throw new Error(`no memory left for ${bytes} bytes`);
    return address;
  }
}
