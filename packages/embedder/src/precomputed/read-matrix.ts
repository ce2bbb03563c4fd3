import { DataFormatError, type DenseMatrix, MissingFileError } from '@xtm/contracts';
import { numbersOf, readNpy } from '@xtm/data';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * A matrix [rows, columns] from a .npy file or, where there is none, from its parts `NAME.part0.npy`, `NAME.part1.npy`, …,
 * joined by rows. Throws `MissingFileError` or `DataFormatError`.
 */
export async function readMatrix(file: string, purpose: string): Promise<DenseMatrix> {
  const parts: DenseMatrix[] = [];
  for (const part of await partsOf(file, purpose)) {
    const matrix = await readPart(part, purpose);
    if (matrix.columns !== (parts[0] ?? matrix).columns) throw new DataFormatError(`has ${matrix.columns} columns, the part before ${parts[0]!.columns}`, { file: part });
    parts.push(matrix);
  }
  return parts.length === 1 ? parts[0]! : joinRows(parts);
}

async function partsOf(file: string, purpose: string): Promise<string[]> {
  const folder = dirname(file);
  const names = await readdir(folder).catch((): string[] => []);
  if (names.includes(basename(file))) return [file];
  const prefix = `${basename(file, '.npy')}.part`;
  const numbers = names.flatMap((name) => (name.startsWith(prefix) && /^\d+\.npy$/.test(name.slice(prefix.length)) ? [Number.parseInt(name.slice(prefix.length), 10)] : []));
  if (numbers.length === 0) throw new MissingFileError(file, purpose, { advice: `Put the file, or its parts ${prefix}0.npy, ${prefix}1.npy, …, into the folder.` });
  const gap = numbers.sort((a, b) => a - b).findIndex((number, index) => number !== index);
  if (gap >= 0) throw new MissingFileError(join(folder, `${prefix}${gap}.npy`), purpose);
  return numbers.map((number) => join(folder, `${prefix}${number}.npy`));
}

async function readPart(file: string, purpose: string): Promise<DenseMatrix> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new MissingFileError(file, purpose, { cause: error });
  });
  const array = readNpy(bytes, file);
  const [rows, columns, ...further] = array.shape;
  if (rows === undefined || columns === undefined || further.length > 0) throw new DataFormatError(`has ${array.shape.length} axes, not 2`, { file, field: 'shape' });
  if (columns === 0) throw new DataFormatError('has no columns', { file, field: 'shape' });
  const data = Float32Array.from(numbersOf(array, file));
  if (!data.every(Number.isFinite)) throw new DataFormatError('holds numbers that are not finite', { file });
  return { rows, columns, data };
}

function joinRows(parts: readonly DenseMatrix[]): DenseMatrix {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const { columns } = parts[0]!;
  const data = new Float32Array(rows * columns);
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return { rows, columns, data };
}
