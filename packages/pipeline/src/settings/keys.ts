import { InvalidOptionError } from '@xtm/contracts';

const KEY_NAME = /^(?:api[-_]?key|key|(?:access[-_]?)?token|secret|password|sig(?:nature)?)$/i;

const ADVICE =
  'Put the key into an environment variable or a file of its own, and name that: apiKeyVariable or apiKeyFile.';

/**
 * Keys have no place in flags and configuration files, which are kept and shown.
 *
 * @throws InvalidOptionError, which does not quote it, for a key among the options of an endpoint or in its address
 */
export function refuseKeys(group: string, options: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (KEY_NAME.test(name))
      throw new InvalidOptionError(`${group}.${name}`, undefined, 'a key must not be written into settings', {
        advice: ADVICE,
      });
    if (typeof value === 'object' && value !== null) refuseKeys(`${group}.${name}`, { ...value });
  }
  const address =
    typeof options['baseUrl'] === 'string' && URL.canParse(options['baseUrl'])
      ? new URL(options['baseUrl'])
      : undefined;
  if (address === undefined) return;
  const inAddress =
    address.password !== '' || [...address.searchParams.keys()].some((parameter) => KEY_NAME.test(parameter));
  if (inAddress)
    throw new InvalidOptionError(`${group}.baseUrl`, undefined, 'a key must not be a part of the address', {
      advice: ADVICE,
    });
}

/** Options without the keys among them, for records. */
export function withoutKeys(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, value]): [string, unknown][] => {
      if (KEY_NAME.test(name)) return [];
      if (typeof value === 'string') return [[name, withoutKeyParameters(value)]];
      return [[name, isRecord(value) ? withoutKeys(value) : value]];
    }),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutKeyParameters(text: string): string {
  if (!/^https?:/.test(text) || !URL.canParse(text)) return text;
  const address = new URL(text);
  const holdsKey = address.password !== '' || [...address.searchParams.keys()].some((name) => KEY_NAME.test(name));
  return holdsKey ? `${address.origin}${address.pathname}` : text;
}
