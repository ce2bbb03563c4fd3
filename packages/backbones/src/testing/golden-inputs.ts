import type { Batch, Corpus, DenseMatrix, SparseRows, WordPairs } from '@xtm/contracts';
import { PUBLISHED_NORMALISATION } from '../common/option-fields';
import { type GoldenArray, type GoldenBackboneCase } from './golden-case';
import { rowsFromDense } from './rows';

/** The input of that name; a missing one throws. */
export function goldenInput(golden: GoldenBackboneCase, name: string): GoldenArray {
  const array = golden.inputs[name];
  if (array === undefined) throw new Error(`the golden case has no input ${name}`);
  return array;
}

export function goldenMatrix(golden: GoldenBackboneCase, name: string): DenseMatrix {
  const { shape, data } = goldenInput(golden, name);
  return { rows: shape[0]!, columns: shape[1]!, data: Float32Array.from(data) };
}

export function goldenRows(golden: GoldenBackboneCase, name: string): SparseRows {
  const { rows, columns, data } = goldenMatrix(golden, name);
  return rowsFromDense(data, rows, columns);
}

/** The corpus whose training documents are the inputs NAME1 and NAME2. */
export function goldenCorpus(golden: GoldenBackboneCase, name: string): Corpus {
  const languages = ['en', 'cn'].map((suffix, l) => {
    const rows = goldenRows(golden, `${name}${l + 1}`);
    return {
      language: { code: suffix, suffix },
      vocabulary: Array.from({ length: rows.columns }, (_, word) => `${suffix}${word}`),
      train: { rows },
    };
  });
  return { name: 'golden', languages };
}

/** The nonzeros of the 0/1 translation matrix. */
export function goldenDictionary(golden: GoldenBackboneCase): WordPairs {
  const { rows, indptr, indices } = goldenRows(golden, 'translation');
  const first = new Int32Array(indices.length);
  for (let row = 0; row < rows; row++) first.fill(row, indptr[row], indptr[row + 1]);
  return { languages: [0, 1], first, second: indices };
}

/** The batch of the inputs bow1 and bow2, as the first documents of each language. */
export function goldenBatch(golden: GoldenBackboneCase): Batch {
  const languages = ['bow1', 'bow2'].map((name) => {
    const rows = goldenRows(golden, name);
    return { rows, documents: Int32Array.from({ length: rows.rows }, (_, document) => document) };
  });
  return { size: golden.config.batch, languages };
}

/** The options that all backbones have. */
export function goldenOptions({ config }: GoldenBackboneCase): Record<string, unknown> {
  return {
    ...PUBLISHED_NORMALISATION,
    hiddenUnits: config.units,
    dropout: config.dropout,
    batchNormEpsilon: config.batchNormEps,
    batchNormMomentum: config.batchNormMomentum,
  };
}
