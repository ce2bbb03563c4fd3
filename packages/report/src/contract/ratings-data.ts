/** Ratings of topics by a language model, from 1 to 3. */
export interface RatingsData {
  readonly model: string;
  /** How often each question was asked. */
  readonly runs: number;
  /** Coherence in each language, then similarity of each pair. */
  readonly rows: readonly RatingRow[];
}

export interface RatingRow {
  readonly title: string;
  /** One rating a topic; null without a usable reply. */
  readonly ratings: readonly (number | null)[];
}
