import type { DenseMatrix } from '@xtm/contracts';
import { topK } from '@xtm/numeric';
import type { WordTableData } from '../contract/word-table-data';
import { significant } from '../numbers';

/** Words that the search knows, per language. */
const SEARCHABLE = 20_000;

const TOPICS_PER_WORD = 3;

/** One language's words in the order in which the page knows them: the most probable ones, then others as they are asked for. */
export class WordTable {
  readonly #vocabulary: readonly string[];
  readonly #marginal: Float64Array;
  readonly #positions = new Map<number, number>();
  readonly #searchable: number;

  /** @param marginal p(w) over all topics [vocabulary] */
  constructor(vocabulary: readonly string[], marginal: Float64Array) {
    this.#vocabulary = vocabulary;
    this.#marginal = marginal;
    for (const word of vocabulary.length <= SEARCHABLE ? vocabulary.keys() : topK(marginal, SEARCHABLE).indices) this.position(word);
    this.#searchable = this.#positions.size;
  }

  /** Where a word of the vocabulary stands in the table. */
  position(word: number): number {
    const known = this.#positions.get(word);
    if (known !== undefined) return known;
    this.#positions.set(word, this.#positions.size);
    return this.#positions.size - 1;
  }

  /**
   * @param topicWord [topics, vocabulary]
   * @param weights p(t) [topics]
   */
  toData(topicWord: DenseMatrix, weights: ArrayLike<number>): WordTableData {
    const words = [...this.#positions.keys()];
    const topicsPerWord = Math.min(TOPICS_PER_WORD, topicWord.rows);
    const heaviest = words.slice(0, this.#searchable).map((word) => topK(this.#joint(word, topicWord, weights), topicsPerWord));
    return {
      words: words.map((word) => this.#vocabulary[word]!),
      probabilities: words.map((word) => significant(this.#marginal[word]!, 3)),
      searchable: this.#searchable,
      topics: heaviest.flatMap(({ indices }) => Array.from(indices)),
      shares: words.slice(0, this.#searchable).flatMap((word, at) => Array.from(heaviest[at]!.values, (value) => Math.round((100 * value) / this.#marginal[word]!))),
      topicsPerWord,
    };
  }

  /** p(t, w) of every topic. */
  #joint(word: number, { rows, columns, data }: DenseMatrix, weights: ArrayLike<number>): Float64Array {
    return Float64Array.from({ length: rows }, (_, topic) => weights[topic]! * data[topic * columns + word]!);
  }
}

/** p(w) = Σ p(t) p(w | t) of one language [vocabulary], for weights that sum to 1. */
export function marginalProbabilities({ rows, columns, data }: DenseMatrix, weights: ArrayLike<number>): Float64Array {
  const marginal = new Float64Array(columns);
  for (let topic = 0; topic < rows; topic++) {
    for (let word = 0; word < columns; word++) marginal[word]! += weights[topic]! * data[topic * columns + word]!;
  }
  return marginal;
}

/** Weights scaled to sum to 1, as hidden topics leave gaps; equal ones where all are 0. */
export function normalisedWeights(weights: Float64Array): Float64Array {
  const sum = weights.reduce((a, b) => a + b, 0);
  return sum > 0 ? weights.map((weight) => weight / sum) : weights.map(() => 1 / weights.length);
}
