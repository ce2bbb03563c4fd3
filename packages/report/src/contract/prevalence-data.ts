/** Prevalence of topics by one property of documents. */
export interface FacetData {
  readonly name: string;
  readonly kind: 'language' | 'category' | 'date' | 'number';
  readonly groups: readonly string[];
  /** One per language; a single one for the facet that tells languages apart. */
  readonly series: readonly PrevalenceSeries[];
}

/** Mean shares with their 95% intervals, [topics][groups]; null where a group has no documents. */
export interface PrevalenceSeries {
  /** Language of the documents; null for all. */
  readonly language: number | null;
  /** Documents of each group. */
  readonly documents: readonly number[];
  readonly mean: readonly (readonly (number | null)[])[];
  readonly low: readonly (readonly (number | null)[])[];
  readonly high: readonly (readonly (number | null)[])[];
}
