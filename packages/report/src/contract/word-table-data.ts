/** Words of one language; everything else refers to them by their position here. */
export interface WordTableData {
  readonly words: readonly string[];
  /** Probability of each word over all topics, p(w) = Σ p(t) p(w | t). */
  readonly probabilities: readonly number[];
  /** How many of the words, from the first on, the search knows. */
  readonly searchable: number;
  /** Topics to which each searchable word belongs most, `topicsPerWord` per word, most first. */
  readonly topics: readonly number[];
  /** Those topics' shares of the word, p(t | w), in percent. */
  readonly shares: readonly number[];
  readonly topicsPerWord: number;
}
