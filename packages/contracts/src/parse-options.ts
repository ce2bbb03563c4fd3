import { InvalidOptionError } from './errors';

/** One thing that a schema finds wrong, as Zod describes it. */
export interface OptionsIssue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** Of `unrecognized_keys`. */
  readonly keys?: readonly string[];
}

/** Options by name: as somebody says them, or with every default filled in. */
export type OptionValues = Readonly<Record<string, unknown>>;

/** The arguments of a function of options, which may be left out where none of them is needed. */
export type OptionalWhereEmpty<Options> = Partial<Options> extends Options ? [options?: Options] : [options: Options];

/** A schema of options, a Zod schema for example. */
export interface OptionsSchema<Options> {
  safeParse(
    value: unknown,
  ):
    | { readonly success: true; readonly data: Options }
    | { readonly success: false; readonly error: { readonly issues: readonly OptionsIssue[] } };
}

/**
 * Options as the schema has them, defaults filled in.
 *
 * @param advice what to do about a wrong option
 * @throws InvalidOptionError that names the first option which is unknown or wrong
 */
export function parseOptions<Options>(schema: OptionsSchema<Options>, options: unknown, advice?: string): Options {
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  const { path, problem } = describeIssue(result.error.issues[0]!);
  throw new InvalidOptionError(path.map(String).join('.') || 'options', valueAt(options, path), problem, { advice });
}

/** Where an issue is, and what is wrong there. */
export function describeIssue({ code, path, message, keys }: OptionsIssue): {
  readonly path: readonly PropertyKey[];
  readonly problem: string;
} {
  const unknown = code === 'unrecognized_keys' ? keys?.[0] : undefined;
  return unknown === undefined
    ? { path, problem: message }
    : { path: [...path, unknown], problem: 'there is no such option' };
}

function valueAt(options: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key],
    options,
  );
}
