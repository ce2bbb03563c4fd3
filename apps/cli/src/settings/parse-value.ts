import { InvalidOptionError } from '@xtm/contracts';

/** A number as typed on a command line; throws `InvalidOptionError` for anything else. */
export function parseNumber(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || Number.isNaN(value))
      throw new InvalidOptionError(option, text, `"${text}" is not a number`);
    return value;
  };
}

/**
 * Collects `name=value` pairs, values read as `parseValue` does. Dots lead into groups:
 * `requestFields.dimensions=256`. Throws `InvalidOptionError` for what is not of this form.
 */
export function collectPair(
  option: string,
): (text: string, before?: Readonly<Record<string, unknown>>) => Record<string, unknown> {
  return (text, before = {}) => {
    const [name, value] = splitAssignment(option, text);
    return setAt(before, name.split('.'), parseValue(option, value));
  };
}

function setAt(
  group: Readonly<Record<string, unknown>>,
  [name, ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  if (rest.length === 0) return { ...group, [name!]: value };
  const inner = group[name!];
  return { ...group, [name!]: setAt(typeof inner === 'object' && inner !== null ? { ...inner } : {}, rest, value) };
}

/** The two sides of `name=value`; throws `InvalidOptionError` for anything else. */
export function splitAssignment(option: string, text: string): [name: string, value: string] {
  const at = text.indexOf('=');
  if (at <= 0) throw new InvalidOptionError(option, text, `"${text}" is not of the form name=value`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Collects the values of a flag that may be given several times. */
export function collectText(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

/** Values parted by commas. */
export function splitList(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

/** A number or truth value where the text is one, else the text. */
export function parseScalar(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && !Number.isNaN(Number(text)) ? Number(text) : text;
}

/** JSON where the text begins as a list, an object or a text in double quotes does; else a scalar. */
function parseValue(option: string, text: string): unknown {
  if (!/^[[{"]/.test(text)) return parseScalar(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidOptionError(option, text, `${text} begins like JSON and is none`, {
      cause: error,
      advice:
        'Write it as in --embedder-option \'requestFields={"dimensions": 256}\', or requestFields.dimensions=256.',
    });
  }
}

/** A topic's number as it is typed. */
export function parseTopic(option: string, text: string): number {
  const topic = Number(text.trim() || Number.NaN);
  if (!Number.isInteger(topic)) throw new InvalidOptionError(option, text, `"${text}" is not the number of a topic`);
  return topic;
}
