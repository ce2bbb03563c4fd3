import { InvalidOptionError } from '@xtm/contracts';

/** A number as typed on a command line; throws `InvalidOptionError` for anything else. */
export function parseNumber(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || Number.isNaN(value)) throw new InvalidOptionError(option, text, `"${text}" is not a number`);
    return value;
  };
}

/** Collects `name=value` pairs, numbers and truth values read as such. */
export function collectPair(option: string): (text: string, before?: Readonly<Record<string, unknown>>) => Record<string, unknown> {
  return (text, before = {}) => {
    const at = text.indexOf('=');
    if (at <= 0) throw new InvalidOptionError(option, text, `"${text}" is not of the form name=value`);
    return { ...before, [text.slice(0, at)]: parseScalar(text.slice(at + 1)) };
  };
}

function parseScalar(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && !Number.isNaN(Number(text)) ? Number(text) : text;
}
