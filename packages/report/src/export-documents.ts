import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import type { MetadataValue } from '@xtm/contracts';
import {
  readRunDocuments,
  writeAtomically,
  type DocumentFacts,
  type RunDocuments,
  type RunDocumentSet,
  type ShownTopic,
} from '@xtm/pipeline';

export const documentFormats = ['csv', 'parquet'] as const;

export type DocumentTableFormat = (typeof documentFormats)[number];

/**
 * Writes a run's documents as a table, one row per document: id, language, split, label and metadata where the corpus
 * has them, and the shares of topics as they are named, merged and hidden. The file appears when it is whole.
 *
 * @param format by default as the file's name ends, else CSV
 * @returns how many documents there are
 * @throws MissingFileError, RunFolderError, WriteError
 */
export async function exportDocuments(
  run: string,
  file: string,
  format: DocumentTableFormat = file.endsWith('.parquet') ? 'parquet' : 'csv',
): Promise<number> {
  const columns = documentTable(readRunDocuments(run));
  if (format === 'parquet') writeAtomically(file, encodeParquet(columns));
  else await writeText(file, csvPieces(columns));
  return columns[0]!.values.length;
}

/** The same table as CSV in pieces, since a large corpus has more text than a string can hold. */
export function documentsAsCsv(run: string): Iterable<string> {
  return csvPieces(documentTable(readRunDocuments(run)));
}

async function writeText(file: string, pieces: Iterable<string>): Promise<void> {
  const aside = `${file}.tmp`;
  await pipeline(Readable.from(pieces), createWriteStream(aside));
  await rename(aside, file);
}

/** One column of a table of documents; null where a document has no value. */
interface DocumentColumn {
  readonly name: string;
  readonly values: readonly MetadataValue[];
  /** Whether it holds a topic's shares. */
  readonly isShare: boolean;
}

const FIXED = ['id', 'language', 'split', 'label'];

function documentTable({ topics, sets }: RunDocuments): DocumentColumn[] {
  type Cell = (facts: DocumentFacts, set: RunDocumentSet, row: number) => MetadataValue | undefined;
  const column = (name: string, cell: Cell, isShare = false): DocumentColumn => ({
    name,
    values: sets.flatMap((set) => set.facts.map((facts, row) => cell(facts, set, row) ?? null)),
    isShare,
  });
  const share = (at: number): Cell => (_facts, { proportions: { data, columns } }, row) => data[row * columns + at]!;
  const names = new Set(sets.flatMap(({ facts }) => facts.flatMap(({ metadata = {} }) => Object.keys(metadata))));
  return [
    column('id', ({ id }, _set, row) => id ?? String(row + 1)),
    column('language', (_facts, { language }) => language.code),
    column('split', (_facts, { split }) => split),
    ...[column('label', ({ label }) => label)].filter(({ values }) => values.some((value) => value !== null)),
    ...[...names].map((name) => column(metadataColumn(name, FIXED), ({ metadata }) => metadata?.[name])),
    ...topics.map((topic, at) => column(topicColumn(topic), share(at), true)),
  ];
}

/** What tables of documents call a topic's column: its number, and its name where it has one. */
export function topicColumn({ index, name }: ShownTopic): string {
  return name === undefined ? `topic_${index}` : `topic_${index} ${name}`;
}

/** What a metadata column is called beside columns of these names. */
export function metadataColumn(name: string, taken: readonly string[]): string {
  return taken.includes(name) || name.startsWith('topic_') ? `metadata_${name}` : name;
}

/** A share as text files hold it: six digits are more than a model is sure of. */
export function roundShare(share: number): number {
  return Number(share.toPrecision(6));
}

/** Rows turned to text at once. */
const ROWS_PER_PIECE = 2_000;

function* csvPieces(columns: readonly DocumentColumn[]): Generator<string> {
  yield stringify([columns.map(({ name }) => name)]);
  const total = columns[0]?.values.length ?? 0;
  for (let start = 0; start < total; start += ROWS_PER_PIECE) {
    const rows = Array.from({ length: Math.min(ROWS_PER_PIECE, total - start) }, (_, i) =>
      columns.map(({ values, isShare }) => (isShare ? roundShare(Number(values[start + i])) : values[start + i]!)),
    );
    yield stringify(rows, { cast: { boolean: String } });
  }
}

/** A Parquet file of the columns: shares as floats, columns of numbers or truth values as such, all else as text. */
function encodeParquet(columns: readonly DocumentColumn[]): Uint8Array {
  const columnData = columns.map(({ name, values, isShare }): ColumnSource => {
    const type = isShare ? 'FLOAT' : typeOf(values);
    const texts = (value: MetadataValue): string | null => (value === null ? null : String(value));
    return { name, type, nullable: !isShare, data: type === 'STRING' ? values.map(texts) : [...values] };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function typeOf(values: readonly MetadataValue[]): 'DOUBLE' | 'BOOLEAN' | 'STRING' {
  const types = new Set(values.filter((value) => value !== null).map((value) => typeof value));
  if (types.size !== 1) return 'STRING';
  if (types.has('number')) return 'DOUBLE';
  return types.has('boolean') ? 'BOOLEAN' : 'STRING';
}
