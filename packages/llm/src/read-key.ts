import { InvalidOptionError, MissingFileError } from '@xtm/contracts';
import { readFileSync } from 'node:fs';

/** What may stand in an authorisation header; anything else is no key, and must not get into an error that quotes it. */
const KEY = /^[\x21-\x7e]+$/;

const VARIABLE = /^[A-Za-z_]\w*$/;

/** The key that an environment variable holds. Throws `InvalidOptionError`, which never quotes it. */
export function readKeyVariable(variable: string, environment: Readonly<Record<string, string | undefined>>): string {
  if (!VARIABLE.test(variable)) throw new InvalidOptionError('apiKeyVariable', undefined, 'is not the name of an environment variable', { advice: 'Name the variable that holds the key, for example OPENAI_API_KEY; do not give the key itself.' });
  const key = environment[variable]?.trim();
  if (!key) throw new InvalidOptionError('apiKeyVariable', variable, `the environment variable ${variable} holds no key`, { advice: `Set ${variable}, or name another variable.` });
  if (!KEY.test(key)) throw new InvalidOptionError('apiKeyVariable', variable, `what the environment variable ${variable} holds is no key: it has spaces or other characters that keys have not`);
  return key;
}

/** The key that a file holds, white space around it left out. Throws `MissingFileError`, or `InvalidOptionError`, which never quotes it. */
export function readKeyFile(file: string): string {
  const key = readText(file).trim();
  if (!KEY.test(key)) throw new InvalidOptionError('apiKeyFile', file, `${file} ${key === '' ? 'is empty' : 'holds more than a key'}`, { advice: 'Write the key into the file, and nothing else.' });
  return key;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new MissingFileError(file, 'the key of the endpoint', { cause: error, advice: 'Check the path given as apiKeyFile.' });
  }
}
