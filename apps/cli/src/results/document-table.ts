import type { MetadataValue } from '@xtm/contracts';
import type { DocumentFacts, RunDocuments, RunDocumentSet } from '@xtm/pipeline';
import { metadataColumn, roundShare, topicColumn } from './topic-column';

/** One column of a table of documents; null where a document has no value. */
export interface DocumentColumn {
  readonly name: string;
  readonly values: readonly MetadataValue[];
  /** Whether it holds a topic's shares. */
  readonly isShare: boolean;
}

const FIXED = ['id', 'language', 'split', 'label'];

/** A row a document: id, language, split, label and metadata where the corpus has them, and the shares of topics. */
export function documentTable({ topics, sets }: RunDocuments): DocumentColumn[] {
  const column = (name: string, of: (facts: DocumentFacts, set: RunDocumentSet, row: number) => MetadataValue | undefined, isShare = false): DocumentColumn => ({
    name,
    values: sets.flatMap((set) => set.facts.map((facts, row) => of(facts, set, row) ?? null)),
    isShare,
  });
  const names = new Set(sets.flatMap(({ facts }) => facts.flatMap(({ metadata = {} }) => Object.keys(metadata))));
  return [
    column('id', ({ id }, _set, row) => id ?? String(row + 1)),
    column('language', (_facts, { language }) => language.code),
    column('split', (_facts, { split }) => split),
    ...[column('label', ({ label }) => label)].filter(({ values }) => values.some((value) => value !== null)),
    ...[...names].map((name) => column(metadataColumn(name, FIXED), ({ metadata }) => metadata?.[name])),
    ...topics.map((topic, at) => column(topicColumn(topic), (_facts, { proportions }, row) => proportions.data[row * proportions.columns + at]!, true)),
  ];
}

/** Rows turned to text at once. */
const CHUNK = 2_000;

/** The rows of a table in pieces, as text files hold them, shares rounded. */
export function* rowsInChunks(columns: readonly DocumentColumn[]): Generator<MetadataValue[][]> {
  const total = columns[0]?.values.length ?? 0;
  for (let start = 0; start < total; start += CHUNK) {
    yield Array.from({ length: Math.min(CHUNK, total - start) }, (_, i) => columns.map(({ values, isShare }) => (isShare ? roundShare(Number(values[start + i])) : values[start + i]!)));
  }
}
