import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** A checksum as the hub states it: SHA-256 of large files, Git's blob hash (SHA-1) of small ones. */
export interface Checksum {
  readonly algorithm: 'sha256' | 'git';
  /** Hexadecimal. */
  readonly value: string;
}

export async function hasChecksum(file: string, size: number, { algorithm, value }: Checksum): Promise<boolean> {
  const hash = startHash(algorithm, size);
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex') === value.toLowerCase();
}

/** Git hashes a header with the size before the content. */
function startHash(algorithm: Checksum['algorithm'], size: number): Hash {
  return algorithm === 'sha256' ? createHash('sha256') : createHash('sha1').update(`blob ${size}\0`);
}
