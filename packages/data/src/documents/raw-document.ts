import type { DataPlace, DocumentMetadata } from '@xtm/contracts';

/** A document as it was found, before any processing. */
export interface RawDocument {
  readonly text: string;
  /** Code, alias or suffix, where a column names it. */
  readonly language?: string;
  readonly label?: string;
  readonly id?: string;
  readonly split?: 'train' | 'test';
  readonly metadata: DocumentMetadata;
  /** Where it came from. */
  readonly place: DataPlace;
}

/** A row of a table with named columns. */
export interface TableRow {
  readonly values: Readonly<Record<string, unknown>>;
  readonly place: DataPlace;
}
