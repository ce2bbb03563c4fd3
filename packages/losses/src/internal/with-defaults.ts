import { LossInputError } from '../loss-input-error';

/** The options with defaults filled in. An option that the loss does not know is an error, since it is most likely misspelt. */
export function withDefaults<Options extends object>(
  loss: string,
  options: Partial<Options>,
  defaults: Readonly<Options>,
): Readonly<Options> {
  const unknown = Object.keys(options).find((key) => !(key in defaults));
  if (unknown !== undefined) throw new LossInputError(loss, unknown, 'is not an option');
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return { ...defaults, ...given };
}
