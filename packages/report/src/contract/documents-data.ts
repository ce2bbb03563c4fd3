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
