import { PRODUCT_TASK } from './tasks';
import { aligned, type CopyTo, PARTS, type SharedHeap } from './threads';

const FLOAT = 4;

/** Below so many multiplications per thread would take longer to wake than to work. */
const WORTH_THREADS = 2 ** 23;

/** Multiplications for every element that has to be copied, below which copying takes what threads gain. */
const WORTH_COPIES = 40;

/** A matrix as the product reads it: its size and strides in bytes after transposition. */
export interface Operand {
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** What is multiplied. */
interface ProductInputs {
  readonly a: Operand;
  readonly b: Operand;
  /** The elements of a and b as they lie in their tensors. */
  readonly copyA: CopyTo;
  readonly copyB: CopyTo;
  /** What the product is added to; nothing if undefined. */
  readonly initial?: CopyTo | undefined;
}

/** Whether threads make a product faster, although its operands and its result have to be copied. */
export function isWorthThreads(a: Operand, b: Operand): boolean {
  const multiplications = a.rows * a.columns * b.columns;
  return (
    multiplications >= WORTH_THREADS &&
    multiplications >= WORTH_COPIES * (a.rows * a.columns + b.rows * b.columns + a.rows * b.columns)
  );
}

/** Products of large matrices in a memory that threads share; the results are those of one thread to the bit. */
export class SharedProduct {
  readonly #heap: SharedHeap;
  #begin = 0;
  #bytes = 0;

  constructor(heap: SharedHeap) {
    this.#heap = heap;
  }

  /** A view of the product [rows, columns], to be copied before anything else is computed. */
  multiply({ a, b, copyA, copyB, initial }: ProductInputs, threads: number): Float32Array {
    const scratch = aligned(this.#heap.exports.MULTIPLY_SCRATCH.value);
    const shares = Math.min(threads, PARTS);
    const sizes = [a.rows * a.columns, b.rows * b.columns, a.rows * b.columns] as const;
    const [task, left, right, out, scratches] = this.#reserve([
      PRODUCT_TASK.bytes,
      ...sizes.map((size) => size * FLOAT),
      shares * scratch,
    ]) as [number, number, number, number, number];
    copyA(this.#heap.floats(left, sizes[0]));
    copyB(this.#heap.floats(right, sizes[1]));
    initial?.(this.#heap.floats(out, sizes[2]));
    this.#heap.write(PRODUCT_TASK, task, {
      rows: a.rows,
      columns: b.columns,
      depth: a.columns,
      accumulate: Number(initial !== undefined),
      a: left,
      aRowStride: a.rowStride,
      aColumnStride: a.columnStride,
      b: right,
      bRowStride: b.rowStride,
      bColumnStride: b.columnStride,
      out,
      shares,
      scratches,
      scratchBytes: scratch,
    });
    this.#heap.run(['multiply'], task, threads);
    return this.#heap.floats(out, sizes[2]);
  }

  /** Addresses that hold good until the next product. */
  #reserve(sizes: readonly number[]): number[] {
    const bytes = sizes.reduce((sum, size) => sum + aligned(size), 0);
    if (bytes > this.#bytes) [this.#begin, this.#bytes] = [this.#heap.take(bytes), bytes];
    let end = this.#begin;
    return sizes.map((size) => {
      const address = end;
      end += aligned(size);
      return address;
    });
  }
}
