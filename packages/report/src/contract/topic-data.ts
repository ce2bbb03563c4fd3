/** A topic as it is shown: a trained topic, or several that people merged. */
export interface TopicData {
  /** Number of the trained topic; the lowest of a merger. */
  readonly index: number;
  /** Numbers of the trained topics that it consists of. */
  readonly members: readonly number[];
  /** Name that people gave it. */
  readonly name?: string;
  /** Theme that a language model named. */
  readonly theme?: string;
  /** Mean share of the training documents of each language. */
  readonly weights: readonly number[];
  /**
   * Share of the training documents of each language whose main topic it is, which is their topic of largest
   * proportion.
   */
  readonly mainTopicOf: readonly number[];
  /** NPMI on held-out documents by language, where it was measured. */
  readonly coherence?: readonly (number | null)[];
  /** Share of its words with a dictionary partner in the other language. */
  readonly translated?: number | null;
  /** One entry per language. */
  readonly words: readonly TopicWordsData[];
  /** Documents in which it weighs most, one list per language, heaviest first. */
  readonly documents: readonly (readonly number[])[];
  /** What each refinement did to it, in time; none of mergers. */
  readonly refinements: readonly TopicRefinementData[];
}

/** Candidates for a topic's words at any setting of the slider. */
export interface TopicWordsData {
  /** Word positions: the first ones as the run ranks them, then others by descending probability. */
  readonly words: readonly number[];
  /** p(w | t). */
  readonly probabilities: readonly number[];
  /** Means of p(w | t) over the topics. */
  readonly means: readonly number[];
}

/** One refinement of one topic. */
export interface TopicRefinementData {
  readonly epoch: number;
  readonly refined: boolean;
  /** Mean share of the rounds that named a kept word. */
  readonly agreement: number;
  readonly rounds: number;
  readonly theme?: string;
  /** Words before, one list per language; absent in runs that did not keep them. */
  readonly before?: readonly (readonly string[])[];
  /** Words that the rounds agreed on, one list per language. */
  readonly after: readonly (readonly string[])[];
  /** Rounds that named each of those words. */
  readonly counts: readonly (readonly number[])[];
  /** Proposed words that the vocabulary lacks, one list per language. */
  readonly discarded: readonly (readonly string[])[];
}

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

/** Topics in two dimensions: near ones have similar words. */
export interface TopicMapData {
  /** One entry per topic. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Correlation of distances on the map with those between the word distributions. */
  readonly fit: number;
}

/** Agreement of the topics of one language with those of another. */
export interface AlignmentData {
  /** The pair of languages. */
  readonly languages: readonly [number, number];
  /** Words per topic that were compared. */
  readonly topWords: number;
  /** [topics of the first][topics of the second] share of words with a dictionary partner in the other topic. */
  readonly agreement: readonly (readonly number[])[];
}

export interface DocumentsData {
  readonly documents: readonly DocumentData[];
  /** Why neither texts nor words are shown, where they are not. */
  readonly missing?: string;
}

/** One document that is shown for its topics. */
export interface DocumentData {
  readonly language: number;
  readonly id: string;
  readonly split: string;
  readonly label?: string;
  /** Column names and values. */
  readonly metadata: readonly (readonly [name: string, value: string])[];
  readonly text?: string;
  /** Whether the text was cut. */
  readonly cut?: boolean;
  /** Heaviest words with their counts, where there is no text. */
  readonly words?: readonly (readonly [word: number, count: number])[];
  /** Heaviest topics with their shares. */
  readonly topics: readonly (readonly [topic: number, share: number])[];
}

/** A sample of documents of all languages in two dimensions; arrays have one entry per document. */
export interface DocumentMapData {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly language: readonly number[];
  /** Heaviest topic. */
  readonly topic: readonly number[];
  /** Its share in percent. */
  readonly share: readonly number[];
  /** Position in `labels`, −1 for none. */
  readonly label: readonly number[];
  readonly labels: readonly string[];
  readonly ids: readonly string[];
  /** How the text begins; empty where there is none. */
  readonly beginnings: readonly string[];
  /** Documents that the sample was drawn from. */
  readonly population: number;
}

/** Prevalence of topics by one property of documents. */
export interface FacetData {
  readonly name: string;
  readonly kind: 'language' | 'category' | 'date' | 'number';
  readonly groups: readonly string[];
  /** One per language; a single one for the facet that tells languages apart. */
  readonly series: readonly PrevalenceSeries[];
}

/** Mean shares with their 95% intervals, [topics][groups]; null where a group has no documents. */
export interface PrevalenceSeries {
  /** Language of the documents; null for all. */
  readonly language: number | null;
  /** Documents of each group. */
  readonly documents: readonly number[];
  readonly mean: readonly (readonly (number | null)[])[];
  readonly low: readonly (readonly (number | null)[])[];
  readonly high: readonly (readonly (number | null)[])[];
}
