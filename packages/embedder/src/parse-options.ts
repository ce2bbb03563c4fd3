import { InvalidOptionError } from '@xtm/contracts';
import type { z } from 'zod';

/** Options as the schema has them, defaults filled in. The first problem becomes an `InvalidOptionError` that names the option. */
export function parseOptions<Schema extends z.ZodType>(schema: Schema, options: unknown): z.output<Schema> {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path;
  const problem = issue.code === 'unrecognized_keys' ? 'there is no such option' : issue.message;
  throw new InvalidOptionError(path.map(String).join('.') || 'options', valueAt(options, path), problem);
}

function valueAt(options: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined), options);
}
