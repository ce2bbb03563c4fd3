import { DataFormatError, type DataPlace, type DocumentMetadata, type MetadataValue } from '@xtm/contracts';
import type { DocumentColumns } from './document-source';

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

const MEANINGS = ['text', 'language', 'label', 'id', 'date', 'split'] as const;
type Meaning = (typeof MEANINGS)[number];

/**
 * The document of a table row.
 *
 * @throws DataFormatError if the text is missing, a column that was named is missing, or the split is none of train,
 *   validation and test.
 */
export function toRawDocument(row: TableRow, columns: DocumentColumns = {}): RawDocument {
  const nameOf = (meaning: Meaning) => columns[meaning] ?? meaning;
  const missing = MEANINGS.find(
    (meaning) => (meaning === 'text' || columns[meaning] !== undefined) && !(nameOf(meaning) in row.values),
  );
  if (missing !== undefined) {
    throw new DataFormatError(`there is no such column; there are ${Object.keys(row.values).join(', ')}`, {
      ...row.place,
      field: nameOf(missing),
    });
  }
  const fields = Object.fromEntries(
    (['language', 'label', 'id'] as const)
      .map((meaning) => [meaning, fieldText(row.values[nameOf(meaning)])])
      .filter(([, value]) => value !== undefined),
  ) as Pick<RawDocument, 'language' | 'label' | 'id'>;
  const split = splitOf(row, nameOf('split'));
  return {
    text: textOf(row, nameOf('text')),
    ...fields,
    ...(split !== undefined && { split }),
    metadata: metadataOf(row, new Set(MEANINGS.filter((meaning) => meaning !== 'date').map(nameOf)), columns.date),
    place: row.place,
  };
}

function textOf({ values, place }: TableRow, column: string): string {
  const text = values[column];
  if (typeof text === 'string') return text;
  throw new DataFormatError(`expected a text, found ${text === null ? 'null' : typeof text}`, {
    ...place,
    field: column,
  });
}

/** Validation documents, by whatever name, are trained on: topic models have no use for a third part. */
const SPLITS: Readonly<Record<string, 'train' | 'test'>> = {
  train: 'train',
  training: 'train',
  dev: 'train',
  val: 'train',
  valid: 'train',
  validation: 'train',
  test: 'test',
};

function splitOf({ values, place }: TableRow, column: string): RawDocument['split'] {
  const split = fieldText(values[column]);
  if (split === undefined) return undefined;
  const known = SPLITS[split.trim().toLowerCase()];
  if (known !== undefined) return known;
  throw new DataFormatError(`the split is "${split}"; it may be train, validation or test`, {
    ...place,
    field: column,
  });
}

function metadataOf(
  { values, place }: TableRow,
  meaningful: ReadonlySet<string>,
  dateColumn: string | undefined,
): DocumentMetadata {
  const entries = Object.entries(values).filter(([column, value]) => !meaningful.has(column) && value !== undefined);
  return Object.fromEntries(
    entries.map(([column, value]) => [
      column === dateColumn ? 'date' : column,
      readableValue(value, { ...place, field: column }),
    ]),
  );
}

function readableValue(value: unknown, place: DataPlace): MetadataValue {
  try {
    return metadataValue(value);
  } catch (error) {
    throw new DataFormatError('is nested too deeply', place, { cause: error });
  }
}

/** Empty fields count as absent. */
function fieldText(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return String(metadataValue(value));
}

function metadataValue(value: unknown): MetadataValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
}
