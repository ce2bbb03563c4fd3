import { extname } from 'node:path';
import { InvalidOptionError } from '@xtm/contracts';
import { z } from 'zod';

export const DOCUMENT_FORMATS = ['lines', 'csv', 'tsv', 'jsonl', 'parquet', 'folder'] as const;

/** `lines`: one document per line; `folder`: one .txt file per document. */
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

function column(description: string, defaultText?: string) {
  return z.string().min(1).optional().meta({
    description: `column that ${description}`,
    placeholder: 'name',
    ...(defaultText !== undefined && { defaultText }),
  });
}

/** What {@link DocumentColumns} may be; `meta` of a field has its description, for help and JSON Schema. */
export const documentColumnsSchema = z.strictObject({
  text: column('holds the text', 'text'),
  language: column('holds the language, for files of all languages'),
  label: column('holds the label', 'label'),
  id: column('holds the id', 'id'),
  date: column('holds the date', 'date'),
  split: column('says train, validation (trained on) or test', 'split'),
});

export const documentSourceSchema = z.strictObject({
  path: z.string().min(1),
  format: z.enum(DOCUMENT_FORMATS).optional(),
  language: z.string().min(1).optional(),
  columns: documentColumnsSchema.optional(),
});

/** Names of the columns that mean something; each is called after its meaning unless named otherwise. */
export interface DocumentColumns {
  readonly text?: string;
  /** Language of each document, for one file with several: code, alias or suffix. */
  readonly language?: string;
  readonly label?: string;
  readonly id?: string;
  /** Kept as the metadata `date`. */
  readonly date?: string;
  /** `train` or `test`. */
  readonly split?: string;
}

/** Where raw documents are. */
export interface DocumentSource {
  readonly path: string;
  /** By the path's extension unless given: .txt, .csv, .tsv, .jsonl or .ndjson, .parquet; none: a folder. */
  readonly format?: DocumentFormat;
  /** Language of all its documents: code, alias or suffix. Without it a column must name each document's. */
  readonly language?: string;
  /** For CSV, TSV, JSONL and Parquet. Further columns are kept as metadata. */
  readonly columns?: DocumentColumns;
}

const FORMATS: Readonly<Record<string, DocumentFormat>> = {
  '': 'folder',
  '.txt': 'lines',
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.tab': 'tsv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.parquet': 'parquet',
};

/** @throws InvalidOptionError if neither the source nor its extension says what it is. */
export function formatOf({ path, format }: DocumentSource): DocumentFormat {
  const found = format ?? FORMATS[extname(path).toLowerCase()];
  if (found !== undefined) return found;
  throw new InvalidOptionError('format', undefined, `cannot tell the format of ${path}`, {
    advice: `Name it: ${DOCUMENT_FORMATS.join(', ')}.`,
  });
}
