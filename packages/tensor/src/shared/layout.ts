/** Types of AssemblyScript; `usize` holds addresses and numbers of bytes. */
type FieldType = 'i32' | 'usize' | 'f32' | 'f64';

/** What a field holds; `computed` fields are set by kernels alone. */
type Field = FieldType | `computed ${FieldType}`;

const BYTES: Readonly<Record<FieldType, number>> = { i32: 4, usize: 4, f32: 4, f64: 8 };

/** A record in the memory of kernels, little-endian, whose fields lie as those of an unmanaged AssemblyScript class. */
export interface Layout<Fields extends Readonly<Record<string, Field>> = Readonly<Record<string, Field>>> {
  readonly fields: Fields;
  /** Of a record, padded so that records may follow each other. */
  readonly bytes: number;
  /** Offset of each field in bytes. */
  readonly offsets: Readonly<Record<keyof Fields, number>>;
}

/** Values of the fields of a record that are not computed. */
export type FieldValues<Fields> = Readonly<
  Record<{ [Name in keyof Fields]: Fields[Name] extends FieldType ? Name : never }[keyof Fields], number>
>;

/** Lays out a record whose fields have this order. */
export function defineLayout<const Fields extends Readonly<Record<string, Field>>>(fields: Fields): Layout<Fields> {
  const offsets: Record<string, number> = {};
  let [end, widest] = [0, 1];
  for (const [name, field] of Object.entries(fields)) {
    const bytes = BYTES[fieldType(field)];
    offsets[name] = roundUp(end, bytes);
    end = offsets[name] + bytes;
    widest = Math.max(widest, bytes);
  }
  return { fields, bytes: roundUp(end, widest), offsets: offsets as Record<keyof Fields, number> };
}

/** The type of a field, whoever sets it. */
export function fieldType(field: Field): FieldType {
  return field.replace('computed ', '') as FieldType;
}

/** Sets all fields of a record at an address, except the computed ones, which stay as they are. */
export function writeRecord<Fields extends Readonly<Record<string, Field>>>(
  buffer: ArrayBufferLike,
  address: number,
  { fields, bytes, offsets }: Layout<Fields>,
  values: FieldValues<Fields>,
): void {
  const view = new DataView(buffer, address, bytes);
  for (const [name, field] of Object.entries(fields)) {
    const value = (values as Readonly<Record<string, number>>)[name]!;
    const offset = offsets[name]!;
    if (field === 'i32') view.setInt32(offset, value, true);
    else if (field === 'usize') view.setUint32(offset, value, true);
    else if (field === 'f32') view.setFloat32(offset, value, true);
    else if (field === 'f64') view.setFloat64(offset, value, true);
  }
}

export function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
