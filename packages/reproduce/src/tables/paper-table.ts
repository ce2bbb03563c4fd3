import type { Method } from './method';

/** Figures of one kind, named as `figuresOf` of `@xtm/metrics` names them. */
export interface TableColumn {
  readonly title: string;
  /** The figure by variant; one name where the variants do not differ. */
  readonly figure: string | Readonly<Record<string, string>>;
  /** A larger difference from the paper asks for an explanation. */
  readonly tolerance?: number;
}

/** A row: a method and what the paper says of it, in the order of the columns. */
export interface TableRow {
  readonly method: Method;
  /** By benchmark; undefined where the paper says nothing. */
  readonly paper: Readonly<Partial<Record<string, readonly (number | undefined)[]>>>;
}

/** A table of a paper, described. */
export interface PaperTable {
  /** On the command line. */
  readonly name: string;
  readonly title: string;
  /** What a reader has to know. */
  readonly about: readonly string[];
  /** Names of benchmarks. */
  readonly datasets: readonly string[];
  /** Ways of measuring the same, a line each; empty where there is one. */
  readonly variants: readonly TableVariant[];
  /** @param secondLanguage code of the benchmark's second language */
  readonly columns: (secondLanguage: string) => readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

export interface TableVariant {
  readonly key: string;
  readonly label: string;
}

/** Both classifiers of Table 5: the paper names the linear one, the public code uses the other. */
export const CLASSIFIERS: readonly TableVariant[] = [
  { key: 'linear', label: 'linear SVM' },
  { key: 'rbf', label: 'RBF SVM' },
];

/** Accuracy within (-I) or across (-C) languages, the latter named after the test language. */
export function accuracyColumn(language: string, kind: 'I' | 'C'): TableColumn {
  return {
    title: `${language.split('-')[0]!.toUpperCase()}-${kind}`,
    figure: Object.fromEntries(CLASSIFIERS.map(({ key }) => [key, `classification/${key}/${language}-${kind}/accuracy`])),
    tolerance: 0.03,
  };
}

export const CNPMI: TableColumn = { title: 'CNPMI', figure: 'cnpmi' };
export const TOPIC_UNIQUENESS: TableColumn = { title: 'TU', figure: 'topicUniqueness', tolerance: 0.05 };
export const TOPIC_QUALITY: TableColumn = { title: 'TQ', figure: 'topicQuality' };
