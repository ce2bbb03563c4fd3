import type { CompoundWords } from './compound-words';

/** What a reply says about one topic, as far as it was understood. */
export interface ReplyBlock {
  /** The number that the reply gives the topic, if it gives one. */
  number: number | undefined;
  theme: string | undefined;
  /** Words as sent, a list a language. */
  readonly words: string[][];
  /** Pieces that are no single words. */
  dropped: number;
  /** What counts as a single word although it is compound, a set a language. */
  readonly compounds: readonly CompoundWords[];
}

export function emptyBlock(compounds: readonly CompoundWords[], number?: number, theme?: string): ReplyBlock {
  return { number, theme, words: compounds.map(() => []), dropped: 0, compounds };
}

/** Whether every language has a word, without which a topic's reply does not count. */
export function isComplete({ words }: ReplyBlock): boolean {
  return words.every(({ length }) => length > 0);
}
