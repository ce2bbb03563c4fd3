/** A value that views follow. */
export class Observable<Value> {
  #value: Value;
  readonly #followers: ((value: Value) => void)[] = [];

  constructor(value: Value) {
    this.#value = value;
  }

  get value(): Value {
    return this.#value;
  }

  /** Tells the followers, unless the value is what it was. */
  set(value: Value): void {
    if (value === this.#value) return;
    this.#value = value;
    for (const follower of this.#followers) follower(value);
  }

  /** Calls the follower with the value now and whenever it changes. */
  follow(follower: (value: Value) => void): void {
    this.#followers.push(follower);
    follower(this.#value);
  }
}
