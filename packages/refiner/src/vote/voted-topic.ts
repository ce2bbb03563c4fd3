/** A proposed word that is not in the vocabulary. */
export interface DiscardedWord {
  readonly languageIndex: number;
  readonly word: string;
  /** How often it was proposed, repeats within a round included. */
  readonly mentions: number;
}

/** What the rounds agreed on for one topic. */
export interface VotedTopic {
  readonly index: number;
  /** Whether any round brought words of the vocabulary. An unrefined topic keeps its raw words; losses skip it. */
  readonly refined: boolean;
  /** Words of the vocabulary, most counted first, a list a language. */
  readonly words: readonly (readonly string[])[];
  /** Counts of the words, list by list; all 0 in an unrefined topic. */
  readonly counts: readonly (readonly number[])[];
  /** Rounds that brought a reply for the topic. */
  readonly rounds: number;
  /** Mean over the kept words of the share of those rounds that named the word; 0 in an unrefined topic. */
  readonly agreement: number;
  readonly discarded: readonly DiscardedWord[];
  /** Pieces of replies that were no single words. */
  readonly dropped: number;
  /** The theme that most rounds named, the earliest in a tie. */
  readonly theme?: string;
}
