import type { DocumentMetadata, DocumentSet } from '@xtm/contracts';
import { z } from 'zod';
import { readLines } from '../files/read-lines';
import { parseJson, validateFile } from '../validation';

const recordSchema = z.strictObject({
  id: z.string().optional(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});

/** Ids and metadata of documents, one entry per document. */
export interface DocumentRecords {
  /** Absent where any document has none. */
  readonly ids?: readonly string[];
  readonly metadata: readonly DocumentMetadata[];
}

/** Reads `train_documents_LANG.jsonl`: a line `{"id": …, "metadata": {…}}` per document, either of them as there is. */
export async function readDocumentRecords(file: string): Promise<DocumentRecords> {
  const lines = await readLines(file, 'ids and metadata of documents');
  const records = lines.map((line, index) => {
    const place = { file, line: index + 1 };
    return validateFile(recordSchema, parseJson(line, place), place);
  });
  const ids = records.flatMap(({ id }) => (id === undefined ? [] : [id]));
  return { ...(ids.length === records.length && { ids }), metadata: records.map(({ metadata }) => metadata ?? {}) };
}

/**
 * The lines of that file; `undefined` if the documents have neither ids nor metadata. Documents get no ids that they did
 * not come with: the same id in two languages says that they are the same document.
 */
export function formatDocumentRecords({ rows, ids, metadata }: DocumentSet): string[] | undefined {
  if (ids === undefined && metadata === undefined) return undefined;
  return Array.from({ length: rows.rows }, (_, index) => {
    return JSON.stringify({ id: ids?.[index], metadata: metadata?.[index] });
  });
}
