/** A sample of documents of all languages in two dimensions; arrays have one entry per document. */
export interface DocumentMapData {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly language: readonly number[];
  /** Heaviest topic. */
  readonly topic: readonly number[];
  /** Its share in percent. */
  readonly share: readonly number[];
  /** Position in `labels`, −1 for none. */
  readonly label: readonly number[];
  readonly labels: readonly string[];
  readonly ids: readonly string[];
  /** How the text begins; empty where there is none. */
  readonly beginnings: readonly string[];
  /** Documents that the sample was drawn from. */
  readonly population: number;
}
