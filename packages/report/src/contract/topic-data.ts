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
  /** Share of the training documents of each language whose main topic it is, which is their topic of largest proportion. */
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
