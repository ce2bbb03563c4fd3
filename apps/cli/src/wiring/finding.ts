/** One thing that xtm can use. */
export interface Finding {
  readonly name: string;
  readonly present: boolean;
  readonly detail: string;
  /** The command that would add it. */
  readonly advice?: string;
}
