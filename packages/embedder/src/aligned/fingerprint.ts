import { createHash } from 'node:crypto';
import type { ResolvedAlignedOptions } from './aligned-options';
import type { SpaceLanguage } from './space-language';

/** Changes with the options and with everything that was learnt. */
export function fingerprintOf(options: ResolvedAlignedOptions, languages: readonly SpaceLanguage[]): string {
  const hash = createHash('sha256').update(JSON.stringify(options));
  for (const { columns, wordVectors, contributions, documentMean } of languages) {
    hash.update(JSON.stringify([...columns.keys()]));
    for (const { buffer, byteOffset, byteLength } of [wordVectors.data, contributions.data, documentMean]) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
