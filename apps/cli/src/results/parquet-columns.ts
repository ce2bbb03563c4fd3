import type { MetadataValue } from '@xtm/contracts';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { DocumentColumn } from './document-table';

/** A Parquet file of the columns: shares as floats, columns of numbers or truth values as such, all else as text. */
export function encodeParquet(columns: readonly DocumentColumn[]): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({
    columnData: columns.map(({ name, values, isShare }) => {
      const type = isShare ? 'FLOAT' : typeOf(values);
      return { name, type, nullable: !isShare, data: type === 'STRING' ? values.map((value) => (value === null ? null : String(value))) : [...values] };
    }),
  }));
}

function typeOf(values: readonly MetadataValue[]): 'DOUBLE' | 'BOOLEAN' | 'STRING' {
  const types = new Set(values.filter((value) => value !== null).map((value) => typeof value));
  if (types.size !== 1) return 'STRING';
  if (types.has('number')) return 'DOUBLE';
  return types.has('boolean') ? 'BOOLEAN' : 'STRING';
}
