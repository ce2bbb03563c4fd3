/** A language of a corpus. */
export interface Language {
  /** BCP-47 code, for example `en` or `zh-Hans`. */
  readonly code: string;
  /** What file names carry, for example `en` or `cn`; the code itself unless the data says otherwise. */
  readonly suffix: string;
}
