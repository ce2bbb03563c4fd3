import { readFileSync } from 'node:fs';
import { InvalidOptionError, MissingFileError } from '@xtm/contracts';

/**
 * What may stand in an authorisation header; anything else is no key, and must not get into an error that quotes it.
 */
const KEY = /^[\x21-\x7e]+$/;

const VARIABLE = /^[A-Za-z_]\w*$/;

/** The key that an environment variable holds. Throws `InvalidOptionError`, which never quotes it. */
export function readKeyVariable(variable: string, environment: Readonly<Record<string, string | undefined>>): string {
  if (!VARIABLE.test(variable))
    throw new InvalidOptionError('apiKeyVariable', undefined, 'is not the name of an environment variable', {
      advice: 'Name the variable that holds the key, for example OPENAI_API_KEY; do not give the key itself.',
    });
  const key = environment[variable]?.trim();
  if (!key)
    throw new InvalidOptionError('apiKeyVariable', variable, `the environment variable ${variable} holds no key`, {
      advice: `Set ${variable}, or name another variable.`,
    });
  if (!KEY.test(key))
    throw new InvalidOptionError(
      'apiKeyVariable',
      variable,
      `what the environment variable ${variable} holds is no key: it has spaces or other characters that keys have ` +
        'not',
    );
  return key;
}

/**
 * The key that a file holds, white space around it left out. Throws `MissingFileError`, or `InvalidOptionError`, which
 * never quotes it.
 */
export function readKeyFile(file: string): string {
  const key = readText(file).trim();
  if (!KEY.test(key))
    throw new InvalidOptionError('apiKeyFile', file, `${file} ${key === '' ? 'is empty' : 'holds more than a key'}`, {
      advice: 'Write the key into the file, and nothing else.',
    });
  return key;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new MissingFileError(file, 'the key of the endpoint', {
      cause: error,
      advice: 'Check the path given as apiKeyFile.',
    });
  }
}

const REDACTED = '[redacted]';

/**
 * What keys of well-known services and authorisation headers look like, should one come from elsewhere than the
 * options.
 */
const KEY_SHAPES = /\b(?:sk|gsk|nvapi|hf|xai)[-_][\w-]{8,}|\bAIza[\w-]{20,}|\bBearer\s+[\w.~+/-]{8,}=*/g;

/** The text without the secrets given and without anything shaped like an API key. */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  const withoutKnown = secrets
    .filter((secret) => secret !== '')
    .reduce((current, secret) => current.split(secret).join(REDACTED), text);
  return withoutKnown.replace(KEY_SHAPES, REDACTED);
}

/** A URL fit for messages and records: without user, password, query and fragment. */
export function printableUrl(url: string): string {
  const parsed = new URL(url);
  return `${parsed.origin}${parsed.pathname}`.replace(/\/+$/, '');
}
