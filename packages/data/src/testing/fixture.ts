import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Path of a file in this package's `fixtures` folder. */
export function fixturePath(name: string): string {
  return join(__dirname, '../../fixtures', name);
}

/** Bytes of a file in this package's `fixtures` folder, in an array of their own. */
export function fixtureBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(fixturePath(name)));
}
