/** Something that a reader should know before anything else. */
export interface WarningData {
  readonly title: string;
  /** The facts, a sentence each. */
  readonly facts: readonly string[];
}
