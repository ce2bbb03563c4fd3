import { InvalidOptionError } from '@xtm/contracts';

/** Throws unless the value is an integer of at least 1 and at most `most`. */
export function requirePositiveInteger(option: string, value: number, most = Number.MAX_SAFE_INTEGER): void {
  if (!Number.isInteger(value) || value < 1 || value > most) {
    const range = most === Number.MAX_SAFE_INTEGER ? 'of at least 1' : `from 1 to ${most}`;
    throw new InvalidOptionError(option, value, `must be an integer ${range}`);
  }
}
