/** A language of the run. */
export interface LanguageData {
  /** BCP-47. */
  readonly code: string;
  /** What people call it, in English. */
  readonly name: string;
}
