import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import type { Kernels, NativeModule, Operand } from '@xtm/native';
import { allowedThreads, requireValidRows } from './kernel';
import type { TfjsHeap } from './tfjs-heap';

/** Address that stands for an array that is not there. */
export const NONE = 0;

export const NO_CONSTANTS = new Float32Array(0);

/** What the definitions share: where tensors lie, and the compiled kernels for as many threads as are allowed. */
export class NativeHeap {
  readonly #byThreads = new Map<number, Kernels>();

  constructor(readonly heap: TfjsHeap, readonly native: NativeModule) {}

  /** Another buffer whenever the memory has grown. */
  get memory(): ArrayBufferLike {
    return this.heap.memory.buffer;
  }

  get kernels(): Kernels {
    const threads = allowedThreads();
    const kernels = this.#byThreads.get(threads) ?? new this.native.Kernels(threads);
    this.#byThreads.set(threads, kernels);
    return kernels;
  }

  address(tensor: TensorInfo): number {
    return this.heap.address(tensor);
  }

  output(shape: readonly number[]): TensorInfo {
    return this.heap.output(shape);
  }

  scalar(value: number): TensorInfo {
    const output = this.output([]);
    this.heap.write(this.address(output), Float32Array.of(value));
    return output;
  }

  /** A matrix as a product reads it. */
  operand(tensor: TensorInfo, transposed: boolean): Operand {
    const [rows, columns] = tensor.shape as [number, number];
    const address = this.address(tensor);
    return transposed
      ? { address, rows: columns, columns: rows, rowStride: 1, columnStride: columns }
      : { address, rows, columns, rowStride: columns, columnStride: 1 };
  }
}

/** A sparse matrix as the calls take it. */
export function arraysOf(sparse: SparseRows): [begins: Int32Array, columns: Int32Array, values: Float32Array] {
  requireValidRows(sparse);
  return [sparse.indptr, sparse.indices, sparse.values];
}
