import type { CorpusLanguage, DenseMatrix, SparseRows } from '@xtm/contracts';
import type { DocumentFacts, RunDocumentSet } from '@xtm/pipeline';

/** What a run's folder says of a document; those without an id are counted from 1. */
export interface ReportedDocument extends DocumentFacts {
  readonly id: string;
  readonly split: string;
}

/** The documents of one language, training documents first. */
export interface LanguageDocuments {
  /** Shares of the shown topics [documents, topics]; what hidden topics had is missing from the rows. */
  readonly proportions: DenseMatrix;
  /** [documents]. */
  readonly facts: readonly ReportedDocument[];
}

/** Puts the splits of one language together. */
export function joinSplits(sets: readonly RunDocumentSet[]): LanguageDocuments {
  const facts = sets.flatMap(({ split, facts: ofSplit }) => ofSplit.map((document, index) => ({ ...document, id: document.id ?? String(index + 1), split })));
  const columns = sets[0]!.proportions.columns;
  const data = new Float32Array(facts.length * columns);
  let start = 0;
  for (const { proportions } of sets) {
    data.set(proportions.data, start);
    start += proportions.data.length;
  }
  return { proportions: { rows: facts.length, columns, data }, facts };
}

/** Where a document's text and words are. */
export interface DocumentContent {
  readonly text?: string;
  readonly rows: SparseRows;
  readonly row: number;
}

/** Text and words of a document, counted as in `LanguageDocuments`. */
export function contentOf({ train, test }: CorpusLanguage, document: number): DocumentContent {
  const inTest = document >= train.rows.rows && test !== undefined;
  const documents = inTest ? test : train;
  const row = inTest ? document - train.rows.rows : document;
  return { text: documents.texts?.[row], rows: documents.rows, row };
}
