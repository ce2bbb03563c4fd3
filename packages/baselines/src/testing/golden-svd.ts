import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DenseMatrix } from '@xtm/contracts';

/** An array of a golden file, row-major. */
export interface GoldenArray {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** Columns have the sign that makes their entry of largest size positive. */
export interface GoldenSvdCase {
  readonly inputs: {
    readonly embeddings: GoldenArray;
    /** Language of each document, 0 or 1. */
    readonly language: readonly number[];
  };
  readonly outputs: {
    readonly singularValues: GoldenArray;
    readonly uSvd: GoldenArray;
    readonly absT: GoldenArray;
    readonly removed: number;
    readonly svdLr: GoldenArray;
  };
}

/** Reads the case from the folder in XTM_GOLDEN if set, else from the package's own; a missing file throws. */
export function readGoldenSvd(): GoldenSvdCase {
  const folder = process.env['XTM_GOLDEN'] ?? join(__dirname, '../../golden');
  return JSON.parse(readFileSync(join(folder, 'baseline-svd.json'), 'utf8')) as GoldenSvdCase;
}

/** The documents' embeddings by language, and each document's row when the languages stand one after the other. */
export function splitByLanguage({ embeddings, language }: GoldenSvdCase['inputs']): {
  readonly embeddings: DenseMatrix[];
  readonly order: number[];
} {
  const columns = embeddings.shape[1]!;
  const positions = [0, 1].map((wanted) => [...language.keys()].filter((document) => language[document] === wanted));
  const matrices = positions.map((documents) => ({
    rows: documents.length,
    columns,
    data: Float32Array.from(
      documents.flatMap((document) => embeddings.data.slice(document * columns, (document + 1) * columns)),
    ),
  }));
  return { embeddings: matrices, order: positions.flat() };
}

/** A matrix's columns with the golden file's signs, and its rows in the given order's places. */
export function comparable({ columns, data }: DenseMatrix, order: readonly number[]): number[] {
  const out = new Array<number>(data.length);
  for (let column = 0; column < columns; column++) {
    let largest = 0;
    for (let i = column; i < data.length; i += columns) if (Math.abs(data[i]!) > Math.abs(largest)) largest = data[i]!;
    order.forEach((document, row) => {
      out[document * columns + column] = data[row * columns + column]! * Math.sign(largest);
    });
  }
  return out;
}
