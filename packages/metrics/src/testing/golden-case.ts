import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DenseMatrix } from '@xtm/contracts';

interface StoredArray {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** Reads a case of known numbers from the folder named by `XTM_GOLDEN`, else from the package's own. */
export function readGoldenCase<Case>(name: string): Case {
  const folder = process.env['XTM_GOLDEN'] ?? join(__dirname, '../../golden');
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Case;
}

/** A stored array [rows, columns] as a matrix. */
export function matrixOf({ shape, data }: StoredArray): DenseMatrix {
  const [rows = 0, columns = 0] = shape;
  return { rows, columns, data: Float32Array.from(data) };
}

export type { StoredArray };
