import type { WordTopics } from '../common/word-topics';
import type { WordCooccurrence } from './word-cooccurrence';

/** Squared distances below this share of the largest row are rounding. */
const ROUNDING = 1e-10;

/**
 * The affine span of the anchor rows chosen so far in one language, by Gram–Schmidt, and the squared distance of
 * each candidate's row from it; before the first anchor, from the origin.
 */
export class AnchorSpan {
  /** [vocabulary]; 0 for words that are no candidates, and for rows inside the span. */
  readonly squaredDistances: Float64Array;
  readonly #negligible: number;
  readonly #basis: Float64Array[] = [];
  #origin: Float64Array | undefined;

  constructor(private readonly cooccurrence: WordCooccurrence, private readonly candidates: Int32Array) {
    this.squaredDistances = new Float64Array(cooccurrence.words);
    for (const word of new Set(candidates)) this.squaredDistances[word] = squaredLength(cooccurrence.row(word));
    this.#negligible = ROUNDING * this.squaredDistances.reduce((largest, distance) => Math.max(largest, distance), 0);
  }

  /** Takes the word's row into the span. */
  extend(word: number): void {
    const row = this.cooccurrence.row(word);
    if (this.#origin === undefined) {
      this.#moveOrigin(row);
    } else {
      this.#addDirection(row, this.#origin);
    }
    this.squaredDistances[word] = 0;
  }

  /** ‖q − o‖² = ‖q‖² − 2·q·o + ‖o‖². */
  #moveOrigin(origin: Float64Array): void {
    const products = this.#products(origin);
    const length = squaredLength(origin);
    this.#origin = origin;
    for (const word of new Set(this.candidates)) this.#set(word, this.squaredDistances[word]! - 2 * products[word]! + length);
  }

  /** Takes (q − o)·b away from each row's squared distance, b being the new direction, of length 1. */
  #addDirection(row: Float64Array, origin: Float64Array): void {
    const direction = row.map((value, i) => value - origin[i]!);
    for (const earlier of this.#basis) subtractProjection(direction, earlier);
    const length = Math.sqrt(squaredLength(direction));
    if (length === 0) return;
    const unit = direction.map((value) => value / length);
    this.#basis.push(unit);
    const products = this.#products(unit);
    const offset = dot(origin, unit);
    for (const word of new Set(this.candidates)) this.#set(word, this.squaredDistances[word]! - (products[word]! - offset) ** 2);
  }

  #set(word: number, squaredDistance: number): void {
    this.squaredDistances[word] = squaredDistance > this.#negligible ? squaredDistance : 0;
  }

  /** Product of every word's row with a vector, [vocabulary]. */
  #products(vector: Float64Array): Float64Array {
    const column: WordTopics = { words: vector.length, topics: 1, data: vector };
    return this.cooccurrence.multiply(column).data;
  }
}

function subtractProjection(vector: Float64Array, unit: Float64Array): void {
  const length = dot(vector, unit);
  for (let i = 0; i < vector.length; i++) vector[i]! -= length * unit[i]!;
}

function squaredLength(vector: Float64Array): number {
  return dot(vector, vector);
}

function dot(first: Float64Array, second: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < first.length; i++) sum += first[i]! * second[i]!;
  return sum;
}
