import { type MetadataValue, type RunOptions } from '@xtm/contracts';
import { type DocumentColumns, type RawDocument, readDocuments } from '@xtm/data';
import { openRun } from '@xtm/pipeline';
import { metadataColumn, roundShare, topicColumn } from './export-documents';

/** Documents whose topics are asked for. */
export interface NewDocuments {
  /** .txt (one per line), .csv, .tsv, .jsonl, .parquet or a folder of .txt. */
  readonly path: string;
  /** One of the run's: code, alias or suffix. */
  readonly language: string;
  /** Of tables; each is called after its meaning unless named otherwise. */
  readonly columns?: DocumentColumns;
}

/** A row of the result: id, label and metadata of a document where it has them, then its shares of the topics. */
export type InferredRecord = Readonly<Record<string, MetadataValue>>;

/**
 * Topic proportions of new documents by a run's model, one record per document; topics are named, merged and left out
 * as people said. Documents without an id are counted from 1.
 *
 * @throws InvalidOptionError for a language that the run has not; MissingFileError, RunFolderError, DataFormatError
 */
export async function inferDocuments(
  run: string,
  { path, language, columns }: NewDocuments,
  options: RunOptions = {},
): Promise<InferredRecord[]> {
  const opened = await openRun(run);
  try {
    opened.requireLanguage(language);
    const documents = await readDocuments({ path, columns });
    const inferred = await opened.infer(documents.map(({ text }) => text), language, options);
    const names = (await opened.topics(0)).map(topicColumn);
    const sharesOf = (i: number) =>
      Object.fromEntries(names.map((name, topic) => [name, roundShare(inferred[i]!.shares[topic]!)] as const));
    return documents.map((document, i) => ({ ...factsOf(document, i), ...sharesOf(i) }));
  } finally {
    opened.dispose();
  }
}

function factsOf({ id, label, metadata = {} }: RawDocument, index: number): InferredRecord {
  const others = Object.entries(metadata).map(
    ([name, value]) => [metadataColumn(name, ['id', 'label']), value] as const,
  );
  return { id: id ?? String(index + 1), ...(label !== undefined && { label }), ...Object.fromEntries(others) };
}
