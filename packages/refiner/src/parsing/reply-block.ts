/** What a reply says about one topic, as far as it was understood. */
export interface ReplyBlock {
  /** The number that the reply gives the topic, if it gives one. */
  number: number | undefined;
  theme: string | undefined;
  /** Words as sent, a list a language. */
  readonly words: string[][];
  /** Pieces that are no single words. */
  dropped: number;
}

export function emptyBlock(languages: number, number?: number, theme?: string): ReplyBlock {
  return { number, theme, words: Array.from({ length: languages }, () => []), dropped: 0 };
}

/** Whether every language has a word, without which a topic's reply does not count. */
export function isComplete({ words }: ReplyBlock): boolean {
  return words.every(({ length }) => length > 0);
}
