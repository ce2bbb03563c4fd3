import { EmptyCorpusError, InvalidOptionError, type RunOptions } from '@xtm/contracts';
import { cooperate, type DictionaryLinks } from '../common/fitting';
import type { WordTopics } from '../common/word-topics';
import type { WordCooccurrence } from './word-cooccurrence';

/** Words that stand for one topic: one list per language, each with at least one word. */
export type Anchor = readonly (readonly string[])[];

/** The same as positions in the vocabularies. */
export type AnchorIndices = readonly (readonly number[])[];

/** A copy with one topic's anchor replaced. */
export function replaceAnchor(anchors: readonly Anchor[], topic: number, anchor: Anchor): Anchor[] {
  requireTopic(anchors, topic);
  return anchors.map((old, index) => (index === topic ? anchor : old));
}

/** A copy without one topic's anchor; later topics move up. */
export function removeAnchor(anchors: readonly Anchor[], topic: number): Anchor[] {
  requireTopic(anchors, topic);
  return anchors.filter((_, index) => index !== topic);
}

/** A copy in which the first topic's anchor has the words of both, and the second topic is gone. */
export function mergeAnchors(anchors: readonly Anchor[], first: number, second: number): Anchor[] {
  requireTopic(anchors, first);
  requireTopic(anchors, second);
  if (first === second) throw new InvalidOptionError('topic', second, 'cannot be merged with itself');
  const merged = anchors[first]!.map((words, language) => [...words, ...anchors[second]![language]!]);
  return anchors.map((anchor, index) => (index === first ? merged : anchor)).filter((_, index) => index !== second);
}

function requireTopic(anchors: readonly Anchor[], topic: number): void {
  if (Number.isInteger(topic) && topic >= 0 && topic < anchors.length) return;
  throw new InvalidOptionError('topic', topic, `must be an integer from 0 to ${anchors.length - 1}`);
}

/**
 * Positions of each anchor's words in the vocabularies. Throws `InvalidOptionError` for fewer than two anchors, an
 * anchor without words in a language, or a word that is not in the vocabulary.
 */
export function resolveAnchors(
  anchors: readonly Anchor[],
  vocabularies: readonly (readonly string[])[],
): AnchorIndices[] {
  if (anchors.length < 2) throw new InvalidOptionError('anchors', anchors, 'must be at least two');
  const positions = vocabularies.map((vocabulary) => new Map(vocabulary.map((word, index) => [word, index])));
  return anchors.map((anchor, topic) => {
    if (anchor.length !== vocabularies.length || anchor.some((words) => words.length === 0)) {
      throw new InvalidOptionError('anchors', anchor, `topic ${topic} needs at least one word in each language`);
    }
    return anchor.map((words, language) => [...new Set(words)].map((word) => positionOf(word, positions[language]!)));
  });
}

function positionOf(word: string, positions: ReadonlyMap<string, number>): number {
  const position = positions.get(word);
  if (position === undefined) throw new InvalidOptionError('anchors', word, `"${word}" is not in the vocabulary`);
  return position;
}

interface FindAnchorsOptions {
  readonly numTopics: number;
  /** Words in a smaller share of the documents are no anchors. */
  readonly anchorThreshold: number;
}

/**
 * Anchors of two languages, one linked pair of words per topic, chosen one after the other (Yuan, Van Durme &
 * Boyd-Graber 2018): the next is the pair whose smaller squared distance, over the two languages, from the span of
 * those chosen is largest; the first is farthest from the origin.
 */
export async function findAnchors(
  cooccurrences: readonly [WordCooccurrence, WordCooccurrence],
  links: DictionaryLinks,
  { numTopics, anchorThreshold }: FindAnchorsOptions,
  runOptions: RunOptions,
): Promise<AnchorIndices[]> {
  const [first, second] = candidateLinks(cooccurrences, links, anchorThreshold);
  const spans = [new AnchorSpan(cooccurrences[0], first), new AnchorSpan(cooccurrences[1], second)] as const;
  const anchors: AnchorIndices[] = [];
  while (anchors.length < numTopics) {
    await cooperate('mtanchor', runOptions);
    const best = farthestPair(first, second, spans[0].squaredDistances, spans[1].squaredDistances);
    if (best === undefined) throw tooFewAnchors(anchors.length, numTopics);
    anchors.push([[first[best]!], [second[best]!]]);
    spans[0].extend(first[best]!);
    spans[1].extend(second[best]!);
    runOptions.onProgress?.({ stage: 'anchors', done: anchors.length, total: numTopics });
  }
  return anchors;
}

/** The links both of whose words occur in enough documents. */
function candidateLinks(
  cooccurrences: readonly WordCooccurrence[],
  { first, second }: DictionaryLinks,
  threshold: number,
): [Int32Array, Int32Array] {
  const shares = cooccurrences.map((cooccurrence) => cooccurrence.documentShares());
  const frequent = (_: number, link: number): boolean =>
    shares[0]![first[link]!]! >= threshold && shares[1]![second[link]!]! >= threshold;
  return [first.filter(frequent), second.filter(frequent)];
}

/** Position of the link whose smaller distance is largest; none if every link has a word inside the span. */
function farthestPair(
  first: Int32Array,
  second: Int32Array,
  firstDistances: Float64Array,
  secondDistances: Float64Array,
): number | undefined {
  let best: number | undefined;
  let largest = 0;
  for (let link = 0; link < first.length; link++) {
    const distance = Math.min(firstDistances[first[link]!]!, secondDistances[second[link]!]!);
    if (distance <= largest) continue;
    largest = distance;
    best = link;
  }
  return best;
}

function tooFewAnchors(found: number, wanted: number): EmptyCorpusError {
  return new EmptyCorpusError(
    `the dictionary links only ${found} pairs of frequent words that can be anchors of ${wanted} topics`,
    {
      advice: 'Lower anchorThreshold, ask for fewer topics, or give a larger dictionary.',
    },
  );
}

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
    for (const word of new Set(this.candidates))
      this.#set(word, this.squaredDistances[word]! - 2 * products[word]! + length);
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
    for (const word of new Set(this.candidates))
      this.#set(word, this.squaredDistances[word]! - (products[word]! - offset) ** 2);
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
