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
    figure: Object.fromEntries(
      CLASSIFIERS.map(({ key }) => [key, `classification/${key}/${language}-${kind}/accuracy`]),
    ),
    tolerance: 0.03,
  };
}

export const CNPMI: TableColumn = { title: 'CNPMI', figure: 'cnpmi' };
export const TOPIC_UNIQUENESS: TableColumn = { title: 'TU', figure: 'topicUniqueness', tolerance: 0.05 };
export const TOPIC_QUALITY: TableColumn = { title: 'TQ', figure: 'topicQuality' };

/** Phase 2 of a method. */
export interface PhaseTwo {
  readonly refiner: 'openai' | 'corpus';
  /** Settings of phase 2 that differ from the defaults. */
  readonly refinement: Readonly<Record<string, unknown>>;
  /** Language model of the paper's row, where the row is about one. */
  readonly engine?: string;
}

/** What a row of a table is measured on. */
export interface Method {
  /** Name of the model on the command line. */
  readonly model: string;
  readonly label: string;
  /** What its runs' names end with. */
  readonly suffix: string;
  /** Settings of phase 1 that differ from the preset's. */
  readonly training?: Readonly<Record<string, unknown>>;
  readonly phaseTwo?: PhaseTwo;
}

/** Models and what tables call them. */
const LABELS: Readonly<Record<string, string>> = {
  mcta: 'MCTA',
  mtanchor: 'MTAnchor',
  'u-svd': 'u-SVD',
  'svd-lr': 'SVD-LR',
  nmtm: 'NMTM',
  infoctm: 'InfoCTM',
  xtra: 'XTRA',
  gloctm: 'GloCTM',
};

/** A model as it is: a baseline, or phase 1 alone. */
export function plain(model: string): Method {
  return { model, label: LABELS[model]!, suffix: '' };
}

/** Ends the names of runs whose clusters of documents do not come with the benchmark. */
export const COMPUTED_CLUSTERS = '-computed-clusters';

/** A model whose clusters of documents are made from the documents' embeddings, as for a dataset that has none. */
export function withComputedClusters(model: string): Method {
  return {
    model,
    label: `${LABELS[model]!}, clusters computed`,
    suffix: COMPUTED_CLUSTERS,
    training: { clusters: 'embedder' },
  };
}

/** Phase 2 as in the paper, with a language model. */
export function withLlm(model: string, variant = '', refinement: PhaseTwo['refinement'] = {}): Method {
  return {
    model,
    label: `${LABELS[model]!} + LLM-XTM${variant && `, ${variant}`}`,
    suffix: `-llm${variant && `-${slug(variant)}`}`,
    phaseTwo: { refiner: 'openai', refinement },
  };
}

/** Phase 2 without a language model: refined from the corpus. */
export function withCorpus(model: string, variant = '', refinement: PhaseTwo['refinement'] = {}): Method {
  return {
    model,
    label: `${LABELS[model]!} + corpus refiner, aligned vectors${variant && `, ${variant}`}`,
    suffix: `-refined${variant && `-${slug(variant)}`}`,
    phaseTwo: { refiner: 'corpus', refinement },
  };
}

/** Phase 2 with a language model of Table 9. */
export function withEngine(model: string, engine: string, label: string): Method {
  return {
    model,
    label,
    suffix: engine === MAIN_ENGINE ? '-llm' : `-llm-${engine}`,
    phaseTwo: { refiner: 'openai', refinement: {}, engine },
  };
}

/** The paper's language model, wherever no other is named. */
export const MAIN_ENGINE = 'gemini-2.5-flash';

function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

/** Names of all models that rows may be about. */
export const modelNames: readonly string[] = Object.keys(LABELS);
