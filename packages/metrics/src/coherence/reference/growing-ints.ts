/** A list of integers that grows without boxing them. */
export class GrowingInts {
  private items = new Int32Array(4);
  private length = 0;

  get last(): number | undefined {
    return this.length === 0 ? undefined : this.items[this.length - 1];
  }

  push(value: number): void {
    if (this.length === this.items.length) {
      const larger = new Int32Array(this.items.length * 2);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.length++] = value;
  }

  /** A copy of exactly the integers pushed. */
  values(): Int32Array {
    return this.items.slice(0, this.length);
  }
}
