import { DataFormatError, type DataPlace, describeIssue } from '@xtm/contracts';
import type { z } from 'zod';

/** @throws DataFormatError naming the first key of the file that is wrong. */
export function validateFile<Schema extends z.ZodType>(schema: Schema, value: unknown, place: DataPlace): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { path, problem } = describeIssue(result.error.issues[0]!);
  throw new DataFormatError(problem, path.length === 0 ? place : { ...place, field: path.map(String).join('.') });
}

/** @throws DataFormatError if the text is no JSON. */
export function parseJson(text: string, place: DataPlace): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new DataFormatError(`is not valid JSON: ${(error as Error).message}`, place, { cause: error });
  }
}
