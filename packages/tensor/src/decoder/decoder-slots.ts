import type { SharedHeap } from '../threads/shared-heap';

/** Room for one batch. */
export interface DecoderSlot {
  readonly address: number;
  readonly bytes: number;
}

/**
 * Slots of a shared memory, used again and again. One is held from a decoder's loss to its gradients; where no gradients
 * are asked for, until the tensor that stands for it is collected.
 */
export class DecoderSlots {
  readonly #heap: SharedHeap;
  readonly #free = new Set<DecoderSlot>();
  readonly #forgotten = new FinalizationRegistry<DecoderSlot>((slot) => this.#free.add(slot));

  constructor(heap: SharedHeap) {
    this.#heap = heap;
  }

  /** The smallest free slot of at least so many bytes, else a new one. `holder` stands for it. */
  hold(bytes: number, holder: object): DecoderSlot {
    const fitting = [...this.#free].filter((slot) => slot.bytes >= bytes).sort((a, b) => a.bytes - b.bytes)[0];
    const slot = fitting ?? { address: this.#heap.take(bytes), bytes };
    this.#free.delete(slot);
    this.#forgotten.register(holder, slot, holder);
    return slot;
  }

  release(slot: DecoderSlot, holder: object): void {
    this.#forgotten.unregister(holder);
    this.#free.add(slot);
  }
}
