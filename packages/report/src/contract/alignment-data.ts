/** Agreement of the topics of one language with those of another. */
export interface AlignmentData {
  /** The pair of languages. */
  readonly languages: readonly [number, number];
  /** Words per topic that were compared. */
  readonly topWords: number;
  /** [topics of the first][topics of the second] share of words with a dictionary partner in the other topic. */
  readonly agreement: readonly (readonly number[])[];
}
