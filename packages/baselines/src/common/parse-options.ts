import { InvalidOptionError } from '@xtm/contracts';
import type { z } from 'zod';

/** The options with every default filled in; the first problem the schema finds is thrown as `InvalidOptionError`. */
export function parseOptions<T>(schema: z.ZodType<T>, options: Readonly<Record<string, unknown>>): T {
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const option = issue.code === 'unrecognized_keys' ? issue.keys[0]! : issue.path.join('.');
  const problem = issue.code === 'unrecognized_keys' ? 'is not an option of this model' : issue.message;
  throw new InvalidOptionError(option, options[option], problem);
}
