import { join } from 'node:path';
import { checkFile, type FileState } from '../download/check-file';
import type { PublicDataset } from './public-dataset';

/** A benchmark's file, and what became of it. */
export interface VerifiedFile {
  readonly path: string;
  readonly state: FileState;
}

/** Compares a benchmark's files below a folder with the sizes and checksums that they should have. */
export async function verifyDataset({ files }: PublicDataset, folder: string): Promise<VerifiedFile[]> {
  const verified: VerifiedFile[] = [];
  for (const { path, size, sha256 } of files) {
    verified.push({ path, state: await checkFile(join(folder, ...path.split('/')), { size, checksum: { algorithm: 'sha256', value: sha256 } }) });
  }
  return verified;
}
