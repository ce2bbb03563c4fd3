import type { z } from 'zod';
import { InvalidOptionError } from '@xtm/contracts';

/**
 * Validates options by a schema, undefined values left out. Throws `InvalidOptionError` that names the first option
 * that is unknown or out of range.
 *
 * @param subject what the options are of, for the advice
 */
export function parseOptions<Schema extends z.ZodObject>(schema: Schema, options: Readonly<Record<string, unknown>>, subject: string): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const unknown = issue.code === 'unrecognized_keys';
  const name = unknown ? issue.keys[0]! : issue.path.join('.');
  throw new InvalidOptionError(name, options[name], unknown ? 'no such option' : issue.message, {
    advice: `Options of ${subject}: ${Object.keys(schema.shape).join(', ')}.`,
  });
}
