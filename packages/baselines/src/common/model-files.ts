import { readFile, writeFile } from 'node:fs/promises';
import { DataFormatError, MissingFileError, type DenseMatrix } from '@xtm/contracts';
import { numbersOf, readNpy, writeNpy, type NumberArray, type WritableArray } from '@xtm/data';
import type { z } from 'zod';

const PURPOSE = 'loading a topic model';

/** Writes numbers as .npy; without a shape they are a vector. */
export async function writeNumbers(file: string, data: WritableArray, shape: readonly number[] = [data.length]): Promise<void> {
  await writeFile(file, writeNpy(data, shape));
}

/** Reads a vector of numbers from .npy. */
export async function readNumbers(file: string): Promise<NumberArray> {
  return numbersOf(readNpy(await readModelFile(file), file), file);
}

/** Reads a matrix of numbers from .npy. */
export async function readMatrix(file: string): Promise<DenseMatrix> {
  const { shape: [rows, columns], numbers } = await readMatrixNumbers(file);
  return { rows, columns, data: Float32Array.from(numbers) };
}

/** The same in double precision. */
export async function readDoubles(file: string): Promise<{ readonly shape: readonly [rows: number, columns: number]; readonly data: Float64Array }> {
  const { shape, numbers } = await readMatrixNumbers(file);
  return { shape, data: numbers instanceof Float64Array ? numbers : Float64Array.from(numbers) };
}

async function readMatrixNumbers(file: string): Promise<{ readonly shape: readonly [rows: number, columns: number]; readonly numbers: NumberArray }> {
  const array = readNpy(await readModelFile(file), file);
  const [rows, columns] = array.shape;
  if (array.shape.length !== 2) throw new DataFormatError('holds no matrix', { file, field: 'shape' });
  return { shape: [rows!, columns!], numbers: numbersOf(array, file) };
}

export async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

/** Reads JSON of the given form. */
export async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  const text = Buffer.from(await readModelFile(file)).toString('utf8');
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new DataFormatError('is not what a saved topic model has there', { file }, { cause });
  }
}

async function readModelFile(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new MissingFileError(file, PURPOSE, { cause });
  }
}
