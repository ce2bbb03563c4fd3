import { DataFormatError, type DataPlace, InvalidOptionError } from '@xtm/contracts';
import type { z } from 'zod';

/** @throws InvalidOptionError naming the first option that is wrong. */
export function validateOptions<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = firstIssue(result.error);
  throw new InvalidOptionError(issue.path || 'options', valueAt(value, issue.keys), issue.problem);
}

/** @throws DataFormatError naming the first key of the file that is wrong. */
export function validateFile<Schema extends z.ZodType>(schema: Schema, value: unknown, place: DataPlace): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { path, problem } = firstIssue(result.error);
  throw new DataFormatError(problem, path === '' ? place : { ...place, field: path });
}

/** @throws DataFormatError if the text is no JSON. */
export function parseJson(text: string, place: DataPlace): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new DataFormatError(`is not valid JSON: ${(error as Error).message}`, place, { cause: error });
  }
}

interface Issue {
  readonly keys: readonly PropertyKey[];
  readonly path: string;
  readonly problem: string;
}

function firstIssue(error: z.ZodError): Issue {
  const issue = error.issues[0]!;
  const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const keys = unknownKey === undefined ? issue.path : [...issue.path, unknownKey];
  return { keys, path: keys.join('.'), problem: unknownKey === undefined ? issue.message : 'is not a known key' };
}

function valueAt(value: unknown, keys: readonly PropertyKey[]): unknown {
  return keys.reduce<unknown>((current, key) => (current as Record<PropertyKey, unknown> | null | undefined)?.[key], value);
}
