import type { DocumentMetadata, DocumentSet } from '@xtm/contracts';
import { z } from 'zod';
import { readLines } from '../files/read-lines';
import { parseJson, validateFile } from '../validation';

const recordSchema = z.strictObject({
  id: z.string(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});

/** Ids and metadata of documents, one entry a document. */
export interface DocumentRecords {
  readonly ids: readonly string[];
  readonly metadata: readonly DocumentMetadata[];
}

/** Reads `train_documents_LANG.jsonl`: a line `{"id": …, "metadata": {…}}` a document. */
export async function readDocumentRecords(file: string): Promise<DocumentRecords> {
  const lines = await readLines(file, 'ids and metadata of documents');
  const records = lines.map((line, index) => {
    const place = { file, line: index + 1 };
    return validateFile(recordSchema, parseJson(line, place), place);
  });
  return { ids: records.map(({ id }) => id), metadata: records.map(({ metadata }) => metadata ?? {}) };
}

/** The lines of that file; `undefined` if the documents have neither ids nor metadata. */
export function formatDocumentRecords({ rows, ids, metadata }: DocumentSet): string[] | undefined {
  if (ids === undefined && metadata === undefined) return undefined;
  return Array.from({ length: rows.rows }, (_, index) => {
    const id = ids?.[index] ?? String(index + 1);
    const values = metadata?.[index];
    return JSON.stringify(values === undefined ? { id } : { id, metadata: values });
  });
}
